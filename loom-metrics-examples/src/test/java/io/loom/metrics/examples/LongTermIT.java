package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.deploy.Kit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real VictoriaMetrics has, and Prometheus no more: a month of costs. */
class LongTermIT {
    private static final Duration STEP = Duration.ofHours(6);
    private static final Duration KEPT_BY_PROMETHEUS = Duration.ofDays(15);
    private static final Duration SINCE = Duration.ofDays(29);

    /** The store does not show what is quite new. */
    private static final Duration SETTLED = Duration.ofHours(1);

    @TempDir
    private Path directory;

    /** The expression is that of the recording rule. Prometheus would count no more than the second half of it. */
    @Test
    void costsOfAMonth_inTheStore_areAllCounted() throws Exception {
        Path program = StackProgram.require("victoria-metrics");
        try (VictoriaMetrics store = VictoriaMetrics.start(program, directory)) {
            store.store(aDollarEachStep());

            String month = Kit.recorded("job:loom_llm_cost_usd:increase30d");
            assertThat(month).contains("[30d]");
            assertThat(store.value(month)).isEqualTo(dollars(SINCE));
            assertThat(store.value(month.replace("[30d]", "[15d]")))
                    .isBetween(dollars(KEPT_BY_PROMETHEUS) - 1, dollars(KEPT_BY_PROMETHEUS));
        }
    }

    private static double dollars(Duration time) {
        return (double) time.dividedBy(STEP);
    }

    private static String aDollarEachStep() {
        StringBuilder samples = new StringBuilder();
        Instant first = Instant.now().minus(SINCE).minus(SETTLED);
        for (long step = 0; step <= SINCE.dividedBy(STEP); step++) {
            samples.append("loom_llm_cost_usd_total{job=\"loom\",provider=\"p\",model=\"m\"} ")
                    .append(step)
                    .append(' ')
                    .append(first.plus(STEP.multipliedBy(step)).toEpochMilli())
                    .append('\n');
        }
        return samples.toString();
    }
}
