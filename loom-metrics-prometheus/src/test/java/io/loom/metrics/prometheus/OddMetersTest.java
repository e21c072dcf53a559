package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Timer;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Meters, tags and streams that would break a page or each other. */
class OddMetersTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    @Test
    void baseUnit_thatPrometheusForbids_isCleaned() {
        Counter.builder("u").baseUnit("req/s").register(registry);
        assertThat(registry.scrape()).isEqualTo("# TYPE u_req_s_total counter\nu_req_s_total 0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:region"})
    void tagKey_withAColon_leavesAPageThatCanBeRead(String key) {
        registry.counter("c", key, "v");
        assertThat(TextPage.parse(registry.scrape()).value("c_total", "aws_region", "v"))
                .isZero();
    }

    @Test
    void tagNamedLe_onAHistogram_isLeftOutAloneOfThePage() {
        registry.counter("b");
        Timer.builder("t")
                .tag("le", "x")
                .serviceLevelObjectives(Duration.ofMillis(100))
                .register(registry)
                .record(Duration.ofMillis(50));
        assertThat(registry.scrape()).isEqualTo("# TYPE b_total counter\nb_total 0\n");
    }

    @Test
    void remove_meter_leavesAnothersMax() {
        Gauge one = Gauge.builder("a", () -> 1).register(registry);
        Gauge.builder("a.max", () -> 2).register(registry);
        registry.remove(one);
        assertThat(registry.scrape()).isEqualTo("# TYPE a_max gauge\na_max 2\n");
    }

    @Test
    void remove_customMeter_leavesAnothersFamily() {
        Gauge.builder("a_b", () -> 1).register(registry);
        Meter custom = Meter.builder("a.b", Meter.Type.OTHER, value(2)).register(registry);
        registry.remove(custom);
        assertThat(registry.scrape()).isEqualTo("# TYPE a_b gauge\na_b 1\n");
    }

    @ParameterizedTest
    @EnumSource
    void remove_customMeterOfAnyType_takesItOff(Meter.Type type) {
        registry.remove(Meter.builder("m", type, value(1)).register(registry));
        assertThat(registry.scrape()).isEmpty();
    }

    @Test
    void customMeter_withAStatisticTwice_isNotHalved() {
        Meter.builder("m", Meter.Type.OTHER, List.of(value(1).get(0), value(2).get(0)))
                .register(registry);
        assertThat(registry.scrape()).isEqualTo("# TYPE m_value gauge\nm_value{statistic=\"VALUE\"} 1\n");
    }

    @Test
    void max_readersWhoseTimesAreABitOff_doNotAgeTheWindow() {
        HistogramCell cell = new HistogramCell(HistogramLayout.ofNanos(new double[0], 3, 100));
        cell.recordNanos(5);
        for (long now : new long[] {1000, 1100, 1099, 1100, 1099, 1100}) {
            assertThat(cell.maxNanos(now)).as("at %d", now).isEqualTo(5);
        }
    }

    @Test
    void scrape_toAStreamThatFailsUnchecked_fails() {
        for (int i = 0; i < 1_000; i++) {
            registry.counter("c", "k", "" + i);
        }
        IllegalStateException closed = new IllegalStateException("closed");
        int[] writes = {0};
        OutputStream fails = new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void write(byte[] bytes, int from, int length) {
                if (writes[0]++ == 0) {
                    throw closed;
                }
            }
        };
        assertThatThrownBy(() -> registry.scrape(fails))
                .hasMessage("the page's stream failed")
                .hasCause(closed);
    }

    @Test
    void functionThatThrowsAnError_costsItsOwnLineOnly() {
        FunctionCounter.builder("a", "", state -> {
                    throw new NoClassDefFoundError("foreign");
                })
                .register(registry);
        registry.counter("b");
        assertThat(registry.scrape()).contains("b_total 0\n");
    }

    private static List<Measurement> value(double value) {
        return List.of(new Measurement(() -> value, Statistic.VALUE));
    }
}
