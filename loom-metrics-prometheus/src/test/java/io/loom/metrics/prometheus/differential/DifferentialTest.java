package io.loom.metrics.prometheus.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DifferentialTest {
    private static final int SEEDS = 40;
    private static final int METERS = 140;
    private static final int MIN_SAMPLES = 20_000;

    private final MockClock clock = new MockClock();

    @Test
    void pages_ofTheSameRandomWork_haveTheSameSamples() {
        int compared = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            LoomPrometheusRegistry ours =
                    LoomPrometheusRegistry.builder().clock(clock).build();
            PrometheusMeterRegistry theirs = theirs();
            RandomWork.on(ours, seed, METERS);
            RandomWork.on(theirs, seed, METERS);
            clock.add(Duration.ofSeconds(seed % 5)); // tasks take time; windows of maxima do not turn yet

            compared += assertSame(TextPage.parse(ours.scrape()), TextPage.parse(theirs.scrape()), seed);
        }
        assertThat(compared).isGreaterThanOrEqualTo(MIN_SAMPLES);
    }

    /** {@return the number of samples compared} Families and samples must be the same ones, neither more nor fewer. */
    private static int assertSame(TextPage ours, TextPage theirs, int seed) {
        assertThat(types(ours)).as("families of seed %d", seed).isEqualTo(types(theirs));
        assertThat(ours.samples().keySet())
                .as("samples of seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(theirs.samples().keySet());
        Map<TextPage.Series, String> different = new LinkedHashMap<>();
        theirs.samples().forEach((series, value) -> {
            double our = Objects.requireNonNull(ours.samples().get(series));
            if (!RandomWork.normaliser(series.name()).isSame(series.name(), our, value)) {
                different.put(series, our + " for " + value);
            }
        });
        assertThat(different).as("values of seed %d", seed).isEmpty();
        return theirs.samples().size();
    }

    private static Map<String, String> types(TextPage page) {
        return page.families().values().stream()
                .collect(Collectors.toMap(TextPage.Family::name, DifferentialTest::typeAndHelp));
    }

    private static String typeAndHelp(TextPage.Family family) {
        String help = family.help() == null || family.help().isBlank() ? "" : family.help();
        return family.type() + ' ' + help;
    }

    private PrometheusMeterRegistry theirs() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);
    }
}
