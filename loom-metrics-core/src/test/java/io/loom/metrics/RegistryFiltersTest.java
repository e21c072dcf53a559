package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The registry's own settings hold for typed meters. */
class RegistryFiltersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void commonTags_ofTheRegistry_areOnEveryMeter() {
        registry.config().commonTags("service", "story");
        LoomMetrics loom = LoomMetrics.of(registry);
        loom.http().record("GET", "/s", 200, SECOND);
        loom.llm("anthropic", "claude-x");
        loom.counter("own.counter", "Help.", "kind").with("x", "y").increment();

        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTag("service")).isEqualTo("story"));
        assertThat(registry.get("own.counter")
                        .tags("service", "story", "kind", "x")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void filter_thatRenames_applies() {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith("loom.llm.")
                        ? id.withName("my" + id.getName().substring(4))
                        : id;
            }
        });
        LoomMetrics.of(registry).llm("anthropic", "claude-x").record(SECOND, Usage.of(1, 2));

        assertThat(registry.get("my.llm.requests").counter().count()).isEqualTo(1);
        assertThat(registry.get("my.llm.request.duration")
                        .tag("outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("my.llm.requests.in.progress").gauge().value()).isZero();
        assertThat(registry.find("loom.llm.requests").meters()).isEmpty();
    }

    @Test
    void filter_thatDenies_appliesAndTheRestIsRecorded() {
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("http.request.duration"));
        LoomMetrics.of(registry).http().record("GET", "/s", 200, SECOND);

        assertThat(registry.find("http.request.duration").meters()).isEmpty();
        assertThat(registry.get("http.requests").tag("status", "200").counter().count())
                .isEqualTo(1);
    }

    @Test
    void filter_thatAddsATag_applies() {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals("loom.sessions") ? id.withTag(Tag.of("region", "eu")) : id;
            }
        });
        LoomMetrics.of(registry).sessions().open();

        assertThat(registry.get("loom.sessions").tag("region", "eu").counter().count())
                .isEqualTo(1);
    }

    @Test
    void filter_thatDropsATag_sumsItsSeries() {
        registry.config().meterFilter(MeterFilter.ignoreTags("status"));
        HttpMeters http = LoomMetrics.of(registry).http();
        http.record("GET", "/s", 200, SECOND);
        http.record("GET", "/s", 404, SECOND);

        assertThat(registry.get("http.requests").counter().getId().getTagsAsIterable())
                .isEqualTo(Tags.of("endpoint", "/s", "method", "GET"));
        assertThat(registry.get("http.requests").counter().count()).isEqualTo(2);
    }

    @Test
    void filter_thatSetsBuckets_applies() {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(3e9)
                        .build()
                        .merge(config);
            }
        });
        LoomMetrics.of(registry).http().record("GET", "/s", 200, SECOND);

        assertThat(registry.get("http.request.duration").timer().takeSnapshot().histogramCounts())
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.bucket()).isEqualTo(3e9));
    }
}
