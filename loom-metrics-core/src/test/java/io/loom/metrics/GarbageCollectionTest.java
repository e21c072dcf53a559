package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Micrometer's own gauges hold what they read weakly, and are NaN once it is collected. */
class GarbageCollectionTest {
    @Test
    void gaugesAndFunctionMeters_ofALoomThatWasDropped_surviveACollection() {
        MeterRegistry registry = new SimpleMeterRegistry();
        useAndDrop(registry);
        registry.gauge("weak.gauge", new AtomicInteger(7));
        Map<String, Double> before = Readings.of(registry);
        double cpuBefore = cpuSeconds(registry);

        collectGarbage();

        assertThat(registry.get("weak.gauge").gauge().value())
                .as("a gauge of the weak kind")
                .isNaN();
        Map<String, Double> after = Readings.of(registry);
        removeWhatMoves(before);
        removeWhatMoves(after);
        assertThat(after).isEqualTo(before).doesNotContainValue(Double.NaN);
        assertThat(after)
                .containsEntry("loom.sessions.active", 1.0)
                .containsEntry("http.requests.in.progress{endpoint=/s}", 1.0)
                .containsEntry("loom.llm.requests.in.progress{model=claude-x,provider=anthropic}", 1.0)
                .containsEntry("loom.user.satisfaction.score", 4.0)
                .containsEntry("loom.metrics.series{meter=own.gauge}", 1.0)
                .containsEntry("own.gauge{kind=x}", 7.0);
        assertThat(cpuSeconds(registry)).isPositive().isGreaterThanOrEqualTo(cpuBefore);
    }

    @Test
    void gaugesAndFunctionMeters_onACompositesChild_surviveACollection() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        MeterRegistry child = new SimpleMeterRegistry();
        composite.add(child);
        useAndDrop(composite);

        collectGarbage();

        assertThat(child.get("loom.sessions.active").gauge().value()).isEqualTo(1);
        assertThat(child.get("own.gauge").gauge().value()).isEqualTo(7);
        assertThat(cpuSeconds(child)).isPositive();

        MeterRegistry late = new SimpleMeterRegistry();
        composite.add(late);
        assertThat(late.get("loom.sessions.active").gauge().value()).isEqualTo(1);
        assertThat(cpuSeconds(late)).isPositive();
    }

    private static void useAndDrop(MeterRegistry registry) {
        LoomMetrics loom = LoomMetrics.of(registry);
        loom.sessions().open();
        loom.http().start("GET", "/s");
        loom.llm("anthropic", "claude-x").start();
        loom.interactions().rate(4);
        loom.gauge("own.gauge", "Help.", "kind").with("x").set(7);
    }

    private static void collectGarbage() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        for (int i = 0; i < 100 && canary.get() != null; i++) {
            System.gc();
            assertThat(new byte[1 << 20]).hasSize(1 << 20);
        }
        assertThat(canary.get()).as("the canary").isNull();
    }

    private static double cpuSeconds(MeterRegistry registry) {
        return registry.get("process.cpu").functionCounter().count();
    }

    private static void removeWhatMoves(Map<String, Double> readings) {
        readings.keySet().removeIf(key -> key.startsWith("process.") || key.equals("weak.gauge"));
    }
}
