package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.core.instrument.config.validate.ValidationException;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.io.IOException;
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
    void created_switchedOn_showsWhenMetersWereRegisteredButNotForFunctions() throws IOException {
        LoomPrometheusRegistry dated =
                LoomPrometheusRegistry.builder().clock(clock).created(true).build();
        clock.add(Duration.ofMillis(1_500));
        dated.counter("c").increment();
        dated.timer("t");
        clock.add(Duration.ofSeconds(1));
        Timer removed =
                Timer.builder("h").serviceLevelObjectives(Duration.ofSeconds(1)).register(dated);
        dated.summary("s");
        FunctionCounter.builder("f", this, state -> 1).register(dated);
        Gauge.builder("g", () -> 1).register(dated);
        dated.more().longTaskTimer("l");

        OpenMetricsPage page = openMetrics(dated);
        assertThat(page.samples())
                .containsEntry(TextPage.Series.of("c_created"), 1.501)
                .containsEntry(TextPage.Series.of("t_seconds_created"), 1.501)
                .containsEntry(TextPage.Series.of("h_seconds_created"), 2.501)
                .containsEntry(TextPage.Series.of("s_created"), 2.501);
        assertThat(page.samples().keySet())
                .filteredOn(series -> series.name().endsWith("_created"))
                .hasSize(4);
        assertThat(dated.scrape()).doesNotContain("_created");

        dated.remove(removed);
        assertThat(openMetrics(dated).families()).doesNotContainKeys("h_seconds", "h_seconds_max");
    }

    @Test
    void created_switchedOn_takesItsNames() {
        LoomPrometheusRegistry dated =
                LoomPrometheusRegistry.builder().clock(clock).created(true).build();
        LoomPrometheusRegistry plain =
                LoomPrometheusRegistry.builder().clock(clock).build();
        for (LoomPrometheusRegistry registry : List.of(dated, plain)) {
            registry.config().namingConvention(NamingConvention.snakeCase); // Micrometer's takes the ending away
            registry.counter("c");
            Gauge.builder("c.created", () -> 1).register(registry);
            Gauge.builder("g", () -> 1).register(registry);
            Gauge.builder("g.created", () -> 1).register(registry);
        }

        assertThat(dated.scrape()).contains("g_created 1\n").doesNotContain("c_created");
        assertThat(plain.scrape()).contains("g_created 1\n", "c_created 1\n");

        dated.remove(dated.get("c").counter());
        Gauge.builder("c.created", () -> 2).tag("k", "v").register(dated);
        assertThat(dated.scrape()).contains("c_created{k=\"v\"} 2\n");
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

    private static OpenMetricsPage openMetrics(LoomPrometheusRegistry registry) throws IOException {
        return OpenMetricsPages.of(registry);
    }
}
