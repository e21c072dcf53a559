package io.loom.metrics.examples.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrafficStatsTest {
    private final TrafficStats stats = new TrafficStats(0);

    @Test
    void report_hundredAnswers_tellsRateAndQuantiles() {
        for (int millis = 100; millis >= 1; millis--) {
            stats.answered(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        stats.failed();

        assertThat(stats.report(TimeUnit.SECONDS.toNanos(5)))
                .hasToString("traffic: 101 requests, 1 errors, 20.0/s, p50 50 ms, p95 95 ms");
    }

    @Test
    void report_second_tellsWhatHappenedSinceTheFirst() {
        stats.answered(TimeUnit.MILLISECONDS.toNanos(900));
        stats.report(TimeUnit.SECONDS.toNanos(1));
        stats.answered(TimeUnit.MILLISECONDS.toNanos(3));

        assertThat(stats.report(TimeUnit.SECONDS.toNanos(3)))
                .hasToString("traffic: 2 requests, 0 errors, 0.5/s, p50 3 ms, p95 3 ms");
    }

    @Test
    void report_noAnswer_hasNoQuantiles() {
        TrafficStats.Report report = stats.report(TimeUnit.SECONDS.toNanos(5));

        assertThat(report.perSecond()).isZero();
        assertThat(report.p95Millis()).isNaN();
    }
}
