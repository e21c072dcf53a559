package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.MockClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole pages in each format that is text, to the last character. */
class GoldenFilesTest {
    private final MockClock clock = new MockClock();

    @ParameterizedTest
    @CsvSource({"TEXT, every-meter.txt", "OPENMETRICS, every-meter.openmetrics"})
    void page_ofEveryMeterOfMicrometer_isTheGoldenFile(ExpositionFormat format, String file) throws IOException {
        LoomPrometheusRegistry registry =
                LoomPrometheusRegistry.builder().clock(clock).build();
        EveryMeter.register(registry, clock);

        assertThat(page(registry, format)).isEqualTo(golden(file));
    }

    @Test
    void page_ofEveryMeterWithTimesOfCreationAndExemplars_isTheGoldenFile() throws IOException {
        LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
                .clock(clock)
                .created(true)
                .spanContext(new ScriptedSpans("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"))
                .build();
        EveryMeter.register(registry, clock);

        String page = page(registry, ExpositionFormat.OPENMETRICS);
        assertThat(page).isEqualTo(golden("every-meter-traced.openmetrics"));
        assertThat(OpenMetricsPage.parse(page.getBytes(StandardCharsets.UTF_8)).exemplars())
                .hasSize(16);
        assertThat(page(registry, ExpositionFormat.TEXT)).isEqualTo(golden("every-meter.txt"));
    }

    @ParameterizedTest
    @CsvSource({"TEXT, one-of-each.txt", "OPENMETRICS, one-of-each.openmetrics"})
    void page_ofAFreshLoomWithOneEventOfEachKind_isTheGoldenFile(ExpositionFormat format, String file)
            throws IOException {
        LoomPrometheusRegistry registry =
                LoomPrometheusRegistry.builder().clock(clock).build();
        OneOfEach.record(OneOfEach.builder(registry).processMetrics(false).build());
        clock.add(Duration.ofSeconds(1));

        assertThat(page(registry, format).replaceAll("(?m)^loom_build_info\\{.*}", "loom_build_info{…}"))
                .isEqualTo(golden(file));
    }

    @Test
    void files_ofTheSameMeters_haveTheSameValues() throws IOException {
        OpenMetricsPage page =
                OpenMetricsPage.parse(golden("every-meter.openmetrics").getBytes(StandardCharsets.UTF_8));
        TextPage text = TextPage.parse(golden("every-meter.txt"));

        assertThat(text.samples().keySet())
                .filteredOn(series -> !page.samples().containsKey(series))
                .containsExactly(TextPage.Series.of("function_counter_nan_total"));
        assertThat(text.samples()).containsAllEntriesOf(page.samples());
    }

    private static String page(LoomPrometheusRegistry registry, ExpositionFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.scrape(format, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenFilesTest.class.getResourceAsStream(name)) {
            assertThat(in).as("golden file %s", name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
