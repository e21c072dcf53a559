package io.loom.metrics.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.examples.promql.KnownMetrics;
import org.junit.jupiter.api.Test;

/** What a panel becomes, and what a mistake in one is called. */
class PanelTest {
    private static final Scope SEEN = Scope.of(Variable.PROVIDER);
    private static final PanelJson JSON = new PanelJson(new Descriptions(KnownMetrics.all()));

    @Test
    void query_ofAPanel_isFilteredByTheVariablesThatItsMetricHas() {
        assertThat(SEEN.of(LoomMeter.LLM_ERRORS).rate().sum(Label.ERROR_TYPE).text())
                .isEqualTo("sum by (error_type) (rate(loom_llm_errors_total{job=~\"$job\", instance=~\"$instance\","
                        + " provider=~\"$provider\"}[$__rate_interval]))");
        assertThat(SEEN.of(LoomMeter.SESSIONS_ACTIVE).now().text())
                .isEqualTo("loom_sessions_active{job=~\"$job\", instance=~\"$instance\"}");
    }

    @Test
    void description_ofAPanel_namesEachMetricOnce() {
        Selector errors = SEEN.of(LoomMeter.LLM_ERRORS);
        JsonNode node = node(Panel.graph("Errors", Unit.COUNT)
                .says("A note.")
                .shows(errors.rate().sum())
                .shows(errors.increase().sum()));

        assertThat(node.path("description").asText())
                .isEqualTo("A note.\n\n- `loom_llm_errors_total`: LLM attempts that failed.");
    }

    @Test
    void column_ofATable_hasItsNameAndUnit() {
        JsonNode node = node(Panel.table("Models")
                .column("Attempts", Unit.COUNT, SEEN.of(LoomMeter.LLM_REQUESTS).now())
                .column("Cost", Unit.DOLLARS, SEEN.of(LoomMeter.LLM_COST).now()));

        assertThat(node.at("/transformations/1/options/renameByName/Value #B").asText())
                .isEqualTo("Cost");
        assertThat(node.at("/fieldConfig/overrides/1/matcher/options").asText()).isEqualTo("Cost");
        assertThat(node.at("/fieldConfig/overrides/1/properties/0/value").asText())
                .isEqualTo("currencyUSD");
    }

    @Test
    void panel_ofAnUnknownMetric_isRefused() {
        Panel panel = Panel.stat("Mine", Unit.COUNT)
                .shows(Scope.ofService("my_metric").now());

        assertThatThrownBy(() -> node(panel))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "panel \"Mine\" must show metrics of the catalogue or of foreign-metrics.txt: was my_metric");
    }

    @Test
    void gauge_withoutAThreshold_isRefused() {
        Panel panel = Panel.gauge("Memory", Unit.BYTES)
                .shows(SEEN.of(LoomMeter.PROCESS_RESIDENT_MEMORY).now());

        assertThatThrownBy(() -> node(panel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gauge \"Memory\" must have a threshold: had none");
    }

    @Test
    void line_ofFivePanels_isRefused() {
        Panel panel = Panel.stat("One", Unit.COUNT);

        assertThatThrownBy(() -> Line.line(panel, panel, panel, panel, panel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of panels on a line must divide 24: was 5. Move some to another line.");
    }

    private static JsonNode node(Panel panel) {
        return JSON.node(panel, 1, JsonNodeFactory.instance.objectNode());
    }
}
