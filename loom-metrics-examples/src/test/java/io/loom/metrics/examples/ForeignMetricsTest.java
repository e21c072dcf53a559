package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.promql.ForeignMetrics;
import io.loom.metrics.examples.promql.KnownMetric;
import io.loom.metrics.examples.promql.KnownMetric.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kit asks of Micrometer's metrics is on the service's page. */
class ForeignMetricsTest {
    @Test
    void metrics_ofMicrometer_areOnThePageWithTheirLabels() throws Exception {
        List<KnownMetric> expected = ForeignMetrics.of(Source.MICROMETER);
        assertThat(expected).hasSizeGreaterThan(5);
        try (NarrativeService service = NarrativeService.start(TestConfig.quiet())) {
            System.gc(); // pauses are on the page from the first on
            ServiceClient client = new ServiceClient(service.uri());
            Eventually.holds("a pause is on the page", () -> client.metrics().has("jvm_gc_pause_seconds_count"));
            MetricsPage page = client.metrics();

            assertThat(expected)
                    .allSatisfy(metric -> assertThat(page.samples())
                            .filteredOn(sample -> sample.name().equals(metric.name()))
                            .isNotEmpty()
                            .allSatisfy(sample -> assertThat(sample.labels().keySet())
                                    .containsExactlyInAnyOrderElementsOf(metric.ownLabels())));
        }
    }
}
