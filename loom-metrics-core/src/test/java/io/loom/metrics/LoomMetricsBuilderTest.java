package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoomMetricsBuilderTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void builder_nullRegistry_saysWhatIsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> LoomMetrics.builder(null))
                .withMessage("registry");
    }

    @Test
    void build_default_hasProcessMetrics() {
        LoomMetrics.builder(registry).build();

        assertThat(registry.find("process.cpu").meters()).isNotEmpty();
    }

    @Test
    void build_processMetricsOff_hasNone() {
        LoomMetrics.builder(registry).processMetrics(false).build();

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .isNotEmpty()
                .noneMatch(name -> name.startsWith("process."));
    }

    @Test
    void bindProcessMetrics_whereTheyWereOff_addsWhatBuildingWouldHave() {
        MeterRegistry other = new SimpleMeterRegistry();
        LoomMetrics.builder(other).build();

        LoomMetrics.builder(registry).processMetrics(false).build().bindProcessMetrics();

        assertThat(registry.getMeters()).map(Meter::getId).containsExactlyInAnyOrderElementsOf(ids(other));
    }

    @Test
    void bindProcessMetrics_whereOthersHaveTheirs_leavesThemAlone() {
        LoomMetrics loom = LoomMetrics.builder(registry).processMetrics(false).build();
        new UptimeMetrics().bindTo(registry);
        TimeGauge theirs = registry.get("process.start.time").timeGauge();

        loom.bindProcessMetrics();

        assertThat(registry.find("process.start.time").meters()).containsExactly(theirs);
        assertThat(registry.find("process.cpu").meters()).hasSize(1);
        loom.close();
        assertThat(registry.find("process.start.time").meters()).containsExactly(theirs);
        assertThat(registry.find("process.cpu").meters()).isEmpty();
    }

    @Test
    void bindProcessMetrics_againOrClosed_addsNothing() {
        LoomMetrics loom = LoomMetrics.of(registry);
        List<Meter.Id> before = ids(registry);

        assertThat(loom.bindProcessMetrics()).isSameAs(loom);
        assertThat(ids(registry)).isEqualTo(before);

        loom.close();
        List<Meter.Id> closed = ids(registry);
        loom.bindProcessMetrics();
        assertThat(ids(registry)).isEqualTo(closed).noneMatch(id -> id.getName().startsWith("process."));
    }

    @Test
    void builder_beforeBuild_registersNothing() {
        LoomMetrics.builder(registry)
                .valueBudget(5)
                .valueBudget("a.b", "kind", 5)
                .processMetrics(true);

        assertThat(registry.getMeters()).isEmpty();
    }

    private static List<Meter.Id> ids(MeterRegistry of) {
        return of.getMeters().stream().map(Meter::getId).toList();
    }
}
