package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which types of meters have bounds, and what their sums are worth then. */
class TagBoundsTypesTest {
    private static final int METERS = 400;

    private final RawMeters raw = new RawMeters();

    @Test
    void timersAndSummaries_thatFold_haveExactTotals() {
        raw.bounded(builder -> builder.valueBudget(2));
        for (int i = 1; i <= 10; i++) {
            raw.registry().timer("raw.timer", "user", "u" + i).record(Duration.ofSeconds(i));
            raw.registry().summary("raw.summary", "user", "u" + i).record(i);
        }

        Timer other = raw.registry().get("raw.timer").tag("user", "other").timer();
        assertThat(other.count()).isEqualTo(8);
        assertThat(other.totalTime(TimeUnit.SECONDS)).isEqualTo(52);
        assertThat(raw.registry()
                        .get("raw.summary")
                        .tag("user", "other")
                        .summary()
                        .totalAmount())
                .isEqualTo(52);
    }

    @Test
    void longTaskTimers_thatFold_countAllTasks() {
        raw.bounded(builder -> builder.valueBudget(1));
        for (int i = 0; i < 4; i++) {
            LongTaskTimer.builder("raw")
                    .tag("user", "u" + i)
                    .register(raw.registry())
                    .start();
        }

        assertThat(raw.seriesOf("raw")).isEqualTo(2);
        assertThat(raw.registry()
                        .get("raw")
                        .tag("user", "other")
                        .longTaskTimer()
                        .activeTasks())
                .isEqualTo(3);
    }

    @Test
    void gauges_areNotBounded() {
        raw.bounded();
        for (int i = 0; i < METERS; i++) {
            int depth = i;
            Gauge.builder("raw", () -> depth).tag("user", "u" + i).register(raw.registry());
            TimeGauge.builder("raw.time", () -> depth, TimeUnit.SECONDS)
                    .tag("user", "u" + i)
                    .register(raw.registry());
        }

        assertThat(raw.seriesOf("raw")).isEqualTo(METERS);
        assertThat(raw.seriesOf("raw.time")).isEqualTo(METERS);
        assertThat(raw.registry().get("raw").tag("user", "u399").gauge().value())
                .isEqualTo(399);
        assertNoneFolded();
    }

    @Test
    void rowsOfAMultiGauge_thatChangeAtEachRefresh_areAllShown() {
        raw.bounded();
        MultiGauge gauge = MultiGauge.builder("raw").register(raw.registry());
        for (int refresh = 0; refresh < 30; refresh++) {
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                rows.add(MultiGauge.Row.of(Tags.of("user", refresh + "-" + i), i));
            }
            gauge.register(rows, true);
        }

        assertThat(raw.registry().find("raw").gauges())
                .hasSize(10)
                .allMatch(row -> String.valueOf(row.getId().getTag("user")).startsWith("29-"));
        assertNoneFolded();
    }

    @Test
    void customMeters_areNotBounded() {
        raw.bounded();
        for (int i = 0; i < METERS; i++) {
            Meter.builder("raw", Meter.Type.OTHER, List.of(new Measurement(() -> 1.0, Statistic.VALUE)))
                    .tag("user", "u" + i)
                    .register(raw.registry());
        }

        assertThat(raw.seriesOf("raw")).isEqualTo(METERS);
        assertNoneFolded();
    }

    /** A filter cannot tell them from counters and timers; {@link LoomMetricsBuilder#boundAllMeters} says so. */
    @Test
    void functionCountersAndTimers_thatFoldIntoOne_readTheFirst() {
        raw.bounded(builder -> builder.valueBudget(1));
        for (int i = 0; i < 4; i++) {
            int amount = i;
            FunctionCounter.builder("raw", raw, any -> amount)
                    .tag("user", "u" + i)
                    .register(raw.registry());
            FunctionTimer.builder("raw.timer", raw, any -> amount, any -> 1.0, TimeUnit.SECONDS)
                    .tag("user", "u" + i)
                    .register(raw.registry());
        }

        assertThat(raw.seriesOf("raw")).isEqualTo(2);
        assertThat(raw.registry()
                        .get("raw")
                        .tag("user", "other")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(raw.registry()
                        .get("raw.timer")
                        .tag("user", "other")
                        .functionTimer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void functionCounters_withABudgetTheyCannotReach_areAllRead() {
        raw.bounded(builder -> builder.valueBudget("raw", "user", METERS));
        for (int i = 0; i < METERS; i++) {
            FunctionCounter.builder("raw", raw, any -> 1).tag("user", "u" + i).register(raw.registry());
        }

        assertThat(raw.registry().find("raw").functionCounters())
                .hasSize(METERS)
                .allMatch(counter -> counter.count() == 1);
    }

    @Test
    void place_ofAMeterThatWasRemoved_goesToNoOther() {
        raw.bounded(builder -> builder.valueBudget(1));
        raw.registry().remove(raw.registry().counter("raw", "user", "u0"));
        raw.count("raw", "user", "u1");
        raw.count("raw", "user", "u0");

        assertThat(raw.value("raw", "user", "other")).isEqualTo(1);
        assertThat(raw.value("raw", "user", "u0")).isEqualTo(1);
    }

    private void assertNoneFolded() {
        assertThat(raw.registry()
                        .find("loom.metrics.overflow")
                        .tag("label", "user")
                        .meters())
                .isEmpty();
    }
}
