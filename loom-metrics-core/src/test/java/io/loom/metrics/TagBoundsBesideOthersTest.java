package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the bounds on meters of Micrometer's own leave alone: loom's meters, other filters, and what is closed. */
class TagBoundsBesideOthersTest {
    private final RawMeters raw = new RawMeters();

    @Test
    void meter_withoutTags_passesUntouched() {
        raw.bounded();
        Counter counter = raw.registry().counter("raw");
        counter.increment();

        assertThat(raw.registry().get("raw").counter()).isSameAs(counter);
        assertThat(raw.registry()
                        .find("loom.metrics.overflow")
                        .tag("meter", "raw")
                        .meters())
                .isEmpty();
    }

    @Test
    void id_ofABoundedMeter_keepsItsOtherParts() {
        raw.bounded();
        Meter.Id id = Counter.builder("raw")
                .description("Raw.")
                .baseUnit("pages")
                .tag("user", "u0")
                .register(raw.registry())
                .getId();

        assertThat(id).isEqualTo(new Meter.Id("raw", Tags.of("user", "u0"), "pages", "Raw.", Meter.Type.COUNTER));
        assertThat(id.getBaseUnit()).isEqualTo("pages");
        assertThat(id.getDescription()).isEqualTo("Raw.");
    }

    @Test
    void looms_ownMeters_passUntouched() {
        LoomMetrics loom = raw.bounded(builder -> builder.valueBudget(1));
        loom.http().record("GET", "/s", 200, Duration.ZERO);
        loom.http().record("POST", "/s", 404, Duration.ZERO);
        CounterFamily own = loom.counter("own.counter", "Help.", "kind", "size");
        own.with("k0", "s0").increment();
        own.with("k0", "s1").increment();

        assertThat(raw.value("http.requests", "endpoint", "/s", "method", "GET", "status", "200"))
                .isEqualTo(1);
        assertThat(raw.value("http.requests", "endpoint", "/s", "method", "POST", "status", "404"))
                .isEqualTo(1);
        assertThat(raw.overflow("own.counter", "size")).isEqualTo(1);
        assertThat(raw.registry()
                        .find("loom.metrics.overflow")
                        .tag("meter", "http.requests")
                        .meters())
                .extracting(meter -> meter.getId().getTag("label"))
                .containsExactly("endpoint");
    }

    @Test
    void looms_ownMeters_renamedByAFilter_passUntouched() {
        raw.registry().config().meterFilter(prefix("story."));
        LoomMetrics loom = raw.bounded(builder -> builder.valueBudget(1));
        loom.http().record("GET", "/s", 200, Duration.ZERO);
        loom.http().record("POST", "/s", 404, Duration.ZERO);
        raw.count("raw", "user", "u0");
        raw.count("raw", "user", "u1");

        assertThat(raw.value("story.http.requests", "method", "POST", "status", "404"))
                .isEqualTo(1);
        assertThat(raw.value("story.raw", "user", "other")).isEqualTo(1);
        assertThat(raw.value("story.loom.metrics.overflow", "meter", "story.raw", "label", "user"))
                .isEqualTo(1);
        assertThat(raw.registry()
                        .find("story.loom.metrics.overflow")
                        .tag("meter", "story.http.requests")
                        .meters())
                .isEmpty();
    }

    @Test
    void commonTags_beforeAndAfter_areOnEverySeries() {
        raw.registry().config().commonTags("service", "story");
        raw.bounded(builder -> builder.valueBudget(1));
        raw.registry().config().commonTags("region", "eu");
        raw.count("raw", "user", "u0");
        raw.count("raw", "user", "u1");

        assertThat(raw.value("raw", "user", "other", "service", "story", "region", "eu"))
                .isEqualTo(1);
        assertThat(raw.seriesOf("raw")).isEqualTo(2);
        assertThat(raw.overflow("raw", "service")).isZero();
        assertThat(raw.registry()
                        .find("loom.metrics.overflow")
                        .tag("label", "region")
                        .meters())
                .isEmpty();
    }

    @Test
    void filters_thatDropATagOrDeny_compose() {
        raw.registry().config().meterFilter(MeterFilter.ignoreTags("request"));
        raw.bounded(builder -> builder.valueBudget(1));
        raw.registry().config().meterFilter(MeterFilter.ignoreTags("user"));
        raw.registry().config().meterFilter(MeterFilter.denyNameStartsWith("denied"));
        raw.count("raw", "request", "r0", "user", "u0", "tier", "t0");
        raw.count("raw", "request", "r1", "user", "u1", "tier", "t0");
        raw.count("denied", "user", "u0");

        assertThat(raw.value("raw", "tier", "t0")).isEqualTo(2);
        assertThat(raw.overflow("raw", "user")).isEqualTo(1);
        assertThat(raw.registry()
                        .find("loom.metrics.overflow")
                        .tag("label", "request")
                        .meters())
                .isEmpty();
        assertThat(raw.seriesOf("denied")).isZero();
    }

    @Test
    void close_leavesTheBoundsInPlace() {
        raw.bounded(builder -> builder.valueBudget(1)).close();
        raw.count("raw", "user", "u0");
        raw.count("raw", "user", "u1");
        raw.count("raw", "user", "u2");

        assertThat(raw.value("raw", "user", "other")).isEqualTo(2);
        assertThat(raw.overflow("raw", "user")).isEqualTo(2);
    }

    @Test
    void close_thenAnotherLoom_letsItsMetersPass() {
        raw.bounded(builder -> builder.valueBudget(1)).close();
        GaugeFamily own = LoomMetrics.builder(raw.registry())
                .processMetrics(false)
                .build()
                .gauge("own.gauge", "Help.", "kind");
        own.with("k0").set(1);
        own.with("k1").set(2);

        assertThat(raw.registry().get("own.gauge").tag("kind", "k1").gauge().value())
                .isEqualTo(2);
    }

    @Test
    void build_thatFails_leavesNoFilterBehind() {
        LoomMetrics.of(raw.registry());
        assertThatIllegalStateException().isThrownBy(() -> raw.bounded(builder -> builder.valueBudget(1)));
        raw.count("raw", "user", "u0");
        raw.count("raw", "user", "u1");

        assertThat(raw.value("raw", "user", "u1")).isEqualTo(1);
    }

    private static MeterFilter prefix(String prefix) {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.withName(prefix + id.getName());
            }
        };
    }
}
