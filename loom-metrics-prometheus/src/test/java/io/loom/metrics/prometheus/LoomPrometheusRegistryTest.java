package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoomPrometheusRegistryTest {
    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).build();

    @Test
    void scrape_toAStream_isThePageNeitherFlushedNorClosed() throws IOException {
        Counter.builder("a").register(registry).increment();
        OutputStream watched = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                throw new AssertionError("flushed");
            }

            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        registry.scrape(watched);

        assertThat(watched).hasToString(registry.scrape());
    }

    @Test
    void scrape_toAStreamThatFails_throwsItsException() {
        Counter.builder("a").register(registry);
        IOException broken = new IOException("broken pipe");
        OutputStream fails = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw broken;
            }
        };

        assertThatThrownBy(() -> registry.scrape(fails)).isSameAs(broken);
    }

    @Test
    void summary_fractions_areBucketedExactly() {
        DistributionSummary summary = DistributionSummary.builder("ratio")
                .serviceLevelObjectives(.25, .5)
                .register(registry);
        summary.record(0.3);
        summary.record(0.2);

        TextPage page = page();
        assertThat(page.value("ratio_bucket", "le", "0.25")).isEqualTo(1);
        assertThat(page.value("ratio_bucket", "le", "0.5")).isEqualTo(2);
        assertThat(page.value("ratio_bucket", "le", "+Inf")).isEqualTo(2);
    }

    @Test
    void recording_whatIsNoAmount_leavesThePageAsItWas() {
        Counter counter = registry.counter("c");
        DistributionSummary summary = registry.summary("s");
        Timer timer = registry.timer("t");
        String before = registry.scrape();

        for (double nonsense : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            counter.increment(nonsense);
            summary.record(nonsense);
        }
        timer.record(Duration.ofSeconds(-1));

        assertThat(registry.scrape()).isEqualTo(before);
    }

    @Test
    void timer_withAPercentileHistogram_hasItsBucketsWithinTheExpectedRange() {
        Timer.builder("t")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMillis(2))
                .register(registry)
                .record(Duration.ofNanos(1_398_101));

        assertThat(registry.scrape()).startsWith("""
                        # TYPE t_seconds histogram
                        t_seconds_bucket{le="0.001"} 0
                        t_seconds_bucket{le="0.001048576"} 0
                        t_seconds_bucket{le="0.001398101"} 1
                        t_seconds_bucket{le="0.001747626"} 1
                        t_seconds_bucket{le="0.002"} 1
                        t_seconds_bucket{le="+Inf"} 1
                        """);
    }

    @Test
    void remove_meter_takesItsSeriesOffAndItsFamilyWithTheLast() {
        Timer one = registry.timer("t", "k", "1");
        Timer two = registry.timer("t", "k", "2");

        registry.remove(one);
        assertThat(registry.scrape()).isEqualTo("""
                        # TYPE t_seconds summary
                        t_seconds_count{k="2"} 0
                        t_seconds_sum{k="2"} 0
                        # TYPE t_seconds_max gauge
                        t_seconds_max{k="2"} 0
                        """);

        registry.remove(two);
        assertThat(registry.scrape()).isEmpty();
    }

    @Test
    void remove_meterOfAnotherConvention_takesItsSeriesOff() {
        Meter counter = registry.counter("drafts", "genre", "mystery");
        Meter timer = registry.timer("reading", "genre", "mystery");
        registry.config().namingConvention(new PrometheusNamingConvention() {
            @Override
            public String tagValue(String value) {
                throw new IllegalStateException("a convention of today");
            }
        });

        registry.remove(counter);
        registry.remove(timer);

        assertThat(registry.scrape()).isEmpty();
    }

    @Test
    void remove_meterAndRegisterItAgain_startsAfresh() {
        Counter first = registry.counter("c");
        first.increment();
        registry.remove(first);
        Counter second = registry.counter("c");
        second.increment(5);
        first.increment();

        assertThat(page().value("c_total")).isEqualTo(5);
    }

    @Test
    void clear_registry_leavesAnEmptyPage() {
        registry.counter("c");
        registry.timer("t");
        registry.summary("s");
        registry.gauge("g", 1);
        registry.more().longTaskTimer("l");

        registry.clear();

        assertThat(registry.scrape()).isEmpty();
    }

    @Test
    void commonTagsAndFilters_apply() {
        registry.config()
                .commonTags("app", "loom")
                .meterFilter(MeterFilter.denyNameStartsWith("noise"))
                .meterFilter(MeterFilter.renameTag("c", "k", "kind"))
                .meterFilter(new MeterFilter() {
                    @Override
                    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                        return DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(1e9)
                                .build()
                                .merge(config);
                    }
                });
        registry.counter("noise").increment();
        registry.counter("c", "k", "1").increment();
        registry.timer("t").record(Duration.ofSeconds(1));

        TextPage page = page();
        assertThat(page.families().keySet()).containsExactly("c_total", "t_seconds", "t_seconds_max");
        assertThat(page.value("c_total", "app", "loom", "kind", "1")).isEqualTo(1);
        assertThat(page.value("t_seconds_bucket", "app", "loom", "le", "1.0")).isEqualTo(1);
    }

    @Test
    void meters_ofOneNameWithDifferentTagKeys_areOneFamily() {
        registry.counter("c", "k", "1");
        registry.counter("c", "j", "2");
        registry.counter("c");

        assertThat(registry.scrape()).isEqualTo("""
                        # TYPE c_total counter
                        c_total 0
                        c_total{j="2"} 0
                        c_total{k="1"} 0
                        """);
    }

    @Test
    void labels_ofOneMeter_areInOrderOfTheirKeys() {
        registry.counter("c", Tags.of(Tag.of("b", "2"), Tag.of("a", "1")));

        assertThat(registry.scrape()).contains("c_total{a=\"1\",b=\"2\"} 0\n");
    }

    @Test
    void gauge_whoseStateIsCollected_isNaN() {
        Gauge.builder("g", (Object) null, state -> 1).register(registry);

        assertThat(page().value("g")).isNaN();
    }

    @Test
    void close_registry_leavesThePageReadable() {
        registry.counter("c").increment();
        registry.close();

        assertThat(page().value("c_total")).isEqualTo(1);
        assertThat(registry.isClosed()).isTrue();
    }

    @Test
    void registry_isAMeterRegistryThatSearches() {
        MeterRegistry any = registry;
        any.counter("c", "k", "1").increment(2);

        assertThat(any.get("c").tag("k", "1").counter().count()).isEqualTo(2);
    }

    private TextPage page() {
        return TextPage.parse(registry.scrape());
    }
}
