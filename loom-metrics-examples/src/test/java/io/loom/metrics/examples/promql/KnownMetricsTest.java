package io.loom.metrics.examples.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KnownMetricsTest {
    private static final KnownMetrics METRICS = KnownMetrics.all();

    @Test
    void query_ofKnownNames_hasNoFaults() {
        assertThat(METRICS.faults(
                        "sum by (le, endpoint, job) (rate(http_request_duration_seconds_bucket{le=\"2.0\"}[5m]))"))
                .isEmpty();
        assertThat(METRICS.faults("loom_build_info{version=\"1\"} and node_cpu_seconds_total{mode=\"idle\"}"))
                .isEmpty();
    }

    @Test
    void query_ofAnUnknownMetric_saysWhich() {
        assertThat(METRICS.faults("rate(loom_llm_request_total[5m])"))
                .containsExactly("there is no metric loom_llm_request_total in: rate(loom_llm_request_total[5m])");
    }

    @Test
    void query_ofAnUnknownLabel_saysWhich() {
        assertThat(METRICS.faults("sum by (genre) (loom_llm_requests_total)"))
                .containsExactly(
                        "loom_llm_requests_total has no label genre in: sum by (genre) (loom_llm_requests_total)");
        assertThat(METRICS.faults("http_request_duration_seconds_count{le=\"2.0\"}"))
                .hasSize(1);
    }

    @Test
    void queries_ofTheDocument_haveNoFaults() throws IOException {
        String document = Files.readString(Path.of(System.getProperty("loom.root"), "docs", "queries.md"));
        List<String> queries = Pattern.compile("```promql\\n(.+)\\n```")
                .matcher(document)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(queries).hasSizeGreaterThan(10);
        assertThat(queries.stream().flatMap(query -> METRICS.faults(query).stream()))
                .isEmpty();
    }

    @Test
    void foreignMetrics_all_areNotOurs() {
        assertThat(KnownMetrics.foreign().keySet())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(CatalogueNames.samples().keySet());
    }
}
