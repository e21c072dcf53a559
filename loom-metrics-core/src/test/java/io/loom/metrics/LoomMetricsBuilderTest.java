package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
                .noneMatch(name -> name.startsWith("process."));
    }

    @Test
    void builder_beforeBuild_registersNothing() {
        LoomMetrics.builder(registry)
                .valueBudget(5)
                .valueBudget("a.b", "kind", 5)
                .processMetrics(true);

        assertThat(registry.getMeters()).isEmpty();
    }
}
