package io.loom.metrics.prometheus.benchmarks;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All sides are scraped for the same page. */
class PagesTest {
    private static final int LINES = 2_000;

    private final String loom = loomPage();

    @Test
    void page_ofLoom_hasAsManyLinesAsAskedFor() {
        assertThat(loom.lines().filter(line -> !line.startsWith("#"))).hasSize(LINES);
    }

    @Test
    void page_ofMicrometer_isTheSame() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Pages.write(new MicrometerPageWriter(registry), LINES);

        assertSame(registry.scrape());
    }

    @Test
    void page_ofClientJava_isTheSame() throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        Pages.write(new ClientJavaPageWriter(registry), LINES);

        assertSame(pageOf(registry));
    }

    /** Apart from the bucket of a timer without bounds, of which the SDK has none. */
    @Test
    void page_ofOpenTelemetry_isTheSame() throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        Pages.write(
                new OpenTelemetryPageWriter(
                        OpenTelemetryPageWriter.readBy(registry, LINES).get("test")),
                LINES);

        assertSame(pageOf(registry)
                .lines()
                .filter(line -> !line.startsWith("bench_work_duration") || !line.contains("_bucket{"))
                .collect(joining("\n")));
    }

    private void assertSame(String theirPage) {
        Map<String, Double> ours = Samples.of(loom);
        Map<String, Double> theirs = Samples.of(theirPage);
        assertThat(theirs).containsOnlyKeys(ours.keySet());
        theirs.forEach((key, value) -> assertThat(value).as(key).isCloseTo(ours.get(key), within(1e-6)));
    }

    private static String pageOf(PrometheusRegistry registry) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(page, registry.scrape());
        return page.toString(StandardCharsets.UTF_8);
    }

    private static String loomPage() {
        LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        Pages.write(new MicrometerPageWriter(registry), LINES);
        return registry.scrape();
    }
}
