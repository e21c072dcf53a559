package io.loom.metrics.prometheus.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.differential.PeerDifferences.Outcome;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of differences, the document and the two registries say the same. */
class PeerDifferencesTest {
    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry ours =
            LoomPrometheusRegistry.builder().clock(clock).build();
    private final PrometheusMeterRegistry theirs =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);

    @ParameterizedTest
    @EnumSource
    void difference_onBothRegistries_isAsListed(PeerDifferences difference) {
        difference.work.on(ours, clock);
        String our = outcome(ours::scrape);
        difference.work.on(theirs, clock);
        String their = outcome(theirs::scrape);

        assertThat(our).contains(difference.ours).doesNotContain(difference.theirs);
        assertThat(their).contains(difference.theirs).doesNotContain(difference.ours);
    }

    @Test
    void document_intendedDifferences_listsEachInTheSameOrder() throws IOException {
        Path document = Path.of(System.getProperty("loom.root"), "docs", "exposition.md");
        List<String> listed = Files.readString(document)
                .lines()
                .filter(line -> line.startsWith("| `") && line.contains("_"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .filter(name -> name.equals(name.toUpperCase(Locale.ROOT)))
                .toList();

        assertThat(listed)
                .isEqualTo(
                        Arrays.stream(PeerDifferences.values()).map(Enum::name).toList());
    }

    private static String outcome(Supplier<String> scrape) {
        try {
            return Outcome.ofPage(scrape.get());
        } catch (RuntimeException e) {
            return Outcome.ofFailure(e);
        }
    }
}
