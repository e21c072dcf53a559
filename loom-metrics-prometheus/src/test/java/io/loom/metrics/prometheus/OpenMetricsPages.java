package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Pages in OpenMetrics, parsed strictly. */
final class OpenMetricsPages {
    private OpenMetricsPages() {}

    static OpenMetricsPage of(LoomPrometheusRegistry registry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.scrape(ExpositionFormat.OPENMETRICS, out);
        return OpenMetricsPage.parse(out.toByteArray());
    }
}
