package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.NamingConvention;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removal takes off the page exactly what was put there, whatever became of the meter since; it never throws. */
class RemovalTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    @ParameterizedTest
    @ValueSource(strings = {"statistic", "k", "le", "quantile"})
    void remove_metersWithAnyTag_takesThemOff(String key) {
        registry.counter("c", key, "v");
        Gauge.builder("g", () -> 1).tag(key, "v").register(registry);
        Gauge.builder("g.info", () -> 1).tag(key, "v").register(registry);
        registry.timer("t", key, "v");
        registry.summary("s", key, "v");
        Timer.builder("h").publishPercentileHistogram().tag(key, "v").register(registry);
        LongTaskTimer.builder("l").tag(key, "v").register(registry);
        LongTaskTimer.builder("lh").publishPercentileHistogram().tag(key, "v").register(registry);
        FunctionTimer.builder("f", "", state -> 1, state -> 1, TimeUnit.SECONDS)
                .tag(key, "v")
                .register(registry);
        Meter.builder("m", Meter.Type.OTHER, List.of(value(1))).tag(key, "v").register(registry);

        List.copyOf(registry.getMeters()).forEach(registry::remove);

        assertThat(registry.getMeters()).isEmpty();
        assertThat(registry.scrape()).isEmpty();
    }

    @Test
    void remove_counterTaggedStatistic_forgetsTheShortcut() {
        Counter first = registry.counter("x", "statistic", "p99");
        registry.remove(first);

        registry.counter("x", "statistic", "p99").increment();

        assertThat(registry.getMeters()).hasSize(1);
        assertThat(registry.scrape()).contains("x_total{statistic=\"p99\"} 1\n");
    }

    @Test
    void remove_meterThatWasRefused_leavesThePage() {
        registry.counter("fine");
        Counter refused = registry.counter("c", "a.b", "1", "a_b", "2");

        assertThat(registry.remove(refused)).isSameAs(refused);
        assertThat(registry.scrape()).isEqualTo("# TYPE fine_total counter\nfine_total 0\n");
    }

    @Test
    void clear_withACommonTagStatistic_removesAll() {
        registry.config().commonTags("statistic", "x");
        registry.counter("a");
        registry.timer("b");
        Meter.builder("refused", Meter.Type.OTHER, List.of(value(1))).register(registry);
        registry.counter("z");

        registry.clear();

        assertThat(registry.getMeters()).isEmpty();
        assertThat(registry.scrape()).isEmpty();
    }

    @Test
    void multiGauge_withRowsTaggedStatistic_isOverwritten() {
        MultiGauge rows = MultiGauge.builder("mg").register(registry);
        rows.register(List.of(row("p50", 1), row("p99", 2)));

        rows.register(List.of(row("p50", 3)), true);

        assertThat(registry.scrape()).isEqualTo("# TYPE mg gauge\nmg{statistic=\"p50\"} 3\n");
    }

    @Test
    void remove_customMeterWhoseMeasurementsChangedOrThrow_takesOffWhatWasThere() {
        List<Measurement> measurements = new ArrayList<>(List.of(value(1)));
        boolean[] broken = {false};
        Meter meter = Meter.builder("m", Meter.Type.OTHER, () -> {
                    if (broken[0]) {
                        throw new IllegalStateException("gone");
                    }
                    return measurements.iterator();
                })
                .register(registry);
        measurements.clear();
        broken[0] = true;

        registry.remove(meter);
        broken[0] = false;
        measurements.add(value(7));

        assertThat(registry.scrape()).isEmpty();
        Meter.builder("m", Meter.Type.OTHER, measurements).register(registry);
        assertThat(registry.scrape()).contains("m_value{statistic=\"VALUE\"} 7\n");
    }

    @Test
    void remove_afterTheNamingConventionChanged_takesOffTheOldName() {
        Counter counter = registry.counter("a.b");
        registry.config().namingConvention(NamingConvention.identity);

        registry.remove(counter);

        assertThat(registry.scrape()).isEmpty();
    }

    private static MultiGauge.Row<?> row(String statistic, double value) {
        return MultiGauge.Row.of(Tags.of("statistic", statistic), value);
    }

    private static Measurement value(double value) {
        return new Measurement(() -> value, Statistic.VALUE);
    }
}
