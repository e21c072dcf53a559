package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricValueTest {
    @Test
    void of_theGuidesTwoShapes_isANumberWithoutAndWithLabels() {
        assertThat(MetricValue.of(42).series()).containsExactly(new MetricValue.Series(42, Map.of()));
        assertThat(MetricValue.of(100, "type", "test").series())
                .containsExactly(new MetricValue.Series(100, Map.of("type", "test")));
    }

    @Test
    void and_addsASeries() {
        MetricValue drafts = MetricValue.of(3, "queue", "drafts");

        assertThat(drafts.and(5, "queue", "edits").series())
                .containsExactly(
                        new MetricValue.Series(3, Map.of("queue", "drafts")),
                        new MetricValue.Series(5, Map.of("queue", "edits")));
        assertThat(drafts.series()).hasSize(1);
    }

    @Test
    void of_aNameWithoutAValue_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricValue.of(1, "type"))
                .withMessage("labels must be names and values, one after another: were 1 texts");
    }

    @Test
    void of_nulls_isKeptForWhoReadsIt() {
        assertThat(MetricValue.of(1, null, "x", "type", null).series())
                .containsExactly(new MetricValue.Series(1, Map.of("", "x", "type", "")));
    }

    @Test
    void series_ofAMapThatChanges_staysAsItWas() {
        Map<String, String> labels = new HashMap<>(Map.of("type", "test"));
        MetricValue value = new MetricValue(List.of(new MetricValue.Series(1, labels)));
        labels.clear();

        assertThat(value).isEqualTo(MetricValue.of(1, "type", "test"));
    }
}
