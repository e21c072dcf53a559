package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.validate.ValidationException;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoomPrometheusRegistryBuilderTest {
    private final MockClock clock = new MockClock();

    @Test
    void registry_ofEachConstructor_isEmptyAndShowsWhatIsRegistered() {
        for (LoomPrometheusRegistry fresh : List.of(
                new LoomPrometheusRegistry(),
                new LoomPrometheusRegistry(PrometheusConfig.DEFAULT),
                LoomPrometheusRegistry.builder()
                        .config(PrometheusConfig.DEFAULT)
                        .build())) {
            assertThat(fresh.scrape()).isEmpty();
            fresh.timer("a");
            assertThat(fresh.scrape()).contains("a_seconds_count 0\n", "a_seconds_max 0\n");
        }
    }

    @Test
    void max_stepOfTheConfiguration_isTheStepOfTheWindow() {
        PrometheusConfig everySecond = new PrometheusConfig() {
            @Override
            public String get(String key) {
                return null;
            }

            @Override
            public Duration step() {
                return Duration.ofSeconds(1);
            }
        };
        LoomPrometheusRegistry quick = LoomPrometheusRegistry.builder()
                .config(everySecond)
                .clock(clock)
                .build();
        quick.timer("t").record(Duration.ofSeconds(5));
        int slots = DistributionStatisticConfig.DEFAULT.getBufferLength();

        for (int i = 0; i < slots; i++) {
            assertThat(quick.scrape()).contains("t_seconds_max 5\n");
            clock.add(Duration.ofSeconds(1));
        }
        assertThat(quick.scrape()).contains("t_seconds_max 0\n");
    }

    @Test
    void maxima_switchedOff_areNotShown() {
        LoomPrometheusRegistry plain =
                LoomPrometheusRegistry.builder().clock(clock).maxima(false).build();
        Timer timer = plain.timer("t");
        plain.summary("s");
        plain.more().longTaskTimer("l");

        assertThat(plain.scrape()).contains("t_seconds_count 0").doesNotContain("_max");

        plain.remove(timer);
        assertThat(plain.scrape()).doesNotContain("t_seconds");
    }

    @Test
    void descriptions_switchedOff_areNotShown() {
        PrometheusConfig noDescriptions = new PrometheusConfig() {
            @Override
            public String get(String key) {
                return null;
            }

            @Override
            public boolean descriptions() {
                return false;
            }
        };
        LoomPrometheusRegistry plain = new LoomPrometheusRegistry(noDescriptions);
        Counter.builder("c").description("Help.").register(plain);

        assertThat(plain.scrape()).isEqualTo("""
                        # TYPE c_total counter
                        c_total 0
                        """);
    }

    @Test
    void builder_withoutPart_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> LoomPrometheusRegistry.builder().config(null))
                .withMessage("config");
        assertThatNullPointerException()
                .isThrownBy(() -> LoomPrometheusRegistry.builder().clock(null))
                .withMessage("clock");
    }

    @Test
    void registry_withAnInvalidConfiguration_isRefused() {
        PrometheusConfig invalid = key -> key.equals("prometheus.step") ? "often" : null;

        assertThatThrownBy(() -> new LoomPrometheusRegistry(invalid)).isInstanceOf(ValidationException.class);
    }
}
