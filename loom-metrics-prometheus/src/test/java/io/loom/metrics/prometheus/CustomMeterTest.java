package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Custom meters are measured anew at each scrape. */
class CustomMeterTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    @Test
    void measurements_madeAnewEachTime_showTheirValuesOfNow() {
        AtomicInteger now = new AtomicInteger();
        register(() -> {
            double value = now.get();
            return List.of(new Measurement(() -> value, Statistic.VALUE)).iterator();
        });
        now.set(5);

        assertThat(registry.scrape()).isEqualTo("# TYPE m_value gauge\nm_value{statistic=\"VALUE\"} 5\n");
    }

    @Test
    void measurements_thatGoAway_areNotOnThePage() {
        List<Measurement> measurements = new ArrayList<>(List.of(of(1, Statistic.VALUE), of(2, Statistic.COUNT)));
        register(measurements);
        measurements.remove(0);

        assertThat(registry.scrape()).isEqualTo("# TYPE m_total counter\nm_total{statistic=\"COUNT\"} 2\n");
    }

    @Test
    void measurements_noneAtRegistration_areShownWhenTheyCome() {
        List<Measurement> measurements = new ArrayList<>();
        register(measurements);
        assertThat(registry.scrape()).isEmpty();

        measurements.add(of(1, Statistic.MAX));
        measurements.add(of(2, Statistic.TOTAL));

        assertThat(registry.scrape()).isEqualTo("""
                        # TYPE m_max gauge
                        m_max{statistic="MAX"} 1
                        # TYPE m_sum_total counter
                        m_sum_total{statistic="TOTAL"} 2
                        """);
    }

    @Test
    void measurements_firstOfAFamilyThatThrow_leaveTheOthersTheirType() {
        AtomicInteger measured = new AtomicInteger();
        Meter.builder("m", Meter.Type.OTHER, () -> {
                    if (measured.getAndIncrement() > 0) {
                        throw new IllegalStateException("gone");
                    }
                    return List.of(of(1, Statistic.VALUE)).iterator();
                })
                .tag("a", "1")
                .register(registry);
        Meter.builder("m", Meter.Type.OTHER, List.of(of(2, Statistic.VALUE)))
                .tag("a", "2")
                .register(registry);

        assertThat(registry.scrape()).isEqualTo("# TYPE m_value gauge\nm_value{a=\"2\",statistic=\"VALUE\"} 2\n");
    }

    @Test
    void measurements_ofAStatisticThatCameLater_areNotShown() {
        List<Measurement> measurements = new ArrayList<>(List.of(of(1, Statistic.VALUE)));
        register(measurements);
        measurements.add(of(2, Statistic.COUNT));

        assertThat(registry.scrape()).isEqualTo("# TYPE m_value gauge\nm_value{statistic=\"VALUE\"} 1\n");
    }

    @Test
    void measurements_twoOfOneStatistic_showTheFirst() {
        register(List.of(of(3, Statistic.VALUE), of(4, Statistic.VALUE), of(1, Statistic.COUNT)));

        assertThat(registry.scrape())
                .contains("m_value{statistic=\"VALUE\"} 3\n", "m_total{statistic=\"COUNT\"} 1\n")
                .doesNotContain(" 4\n");
    }

    @Test
    void measurements_thatThrowAtRegistration_areShownOnceTheyDoNot() {
        boolean[] broken = {true};
        register(() -> {
            if (broken[0]) {
                throw new IllegalStateException("not yet");
            }
            return List.of(of(1, Statistic.VALUE)).iterator();
        });
        registry.counter("other");
        assertThat(registry.scrape()).isEqualTo("# TYPE other_total counter\nother_total 0\n");

        broken[0] = false;
        assertThat(registry.scrape()).contains("m_value{statistic=\"VALUE\"} 1\n");
    }

    private void register(Iterable<Measurement> measurements) {
        Meter.builder("m", Meter.Type.OTHER, measurements).register(registry);
    }

    private static Measurement of(double value, Statistic statistic) {
        return new Measurement(() -> value, statistic);
    }
}
