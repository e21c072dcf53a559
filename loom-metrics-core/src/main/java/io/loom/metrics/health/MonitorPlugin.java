package io.loom.metrics.health;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings metrics and health of its own. {@link Plugins} finds it by {@link java.util.ServiceLoader}, or is given it.
 *
 * <pre>{@code
 * public final class QueuePlugin implements MonitorPlugin {
 *     public String name() {
 *         return "queue";
 *     }
 *
 *     public Map<String, MetricValue> collectMetrics() {
 *         return Map.of("queue_length", MetricValue.of(42), "queue_age", MetricValue.of(100, "type", "test"));
 *     }
 * }
 * }</pre>
 *
 * <p>Both methods are called off the threads that serve requests, each once at a time, but the two at the same time. Whatever they
 * do costs only what the plugin brings.
 */
public interface MonitorPlugin {
    /** {@return the value of the label {@code plugin}: letters, digits, {@code _}, {@code .} and {@code -}, at most 64} */
    String name();

    /**
     * {@return what to show now, by the names of the metrics} Each is a gauge; what was there before and is not any more is gone.
     * The registry makes names legal, as it does for all meters.
     *
     * @throws Exception where nothing can be told; what was shown before is taken away
     */
    @Nullable
    Map<String, MetricValue> collectMetrics() throws Exception;

    /**
     * {@return how well it is} Healthy unless it is overridden.
     *
     * @throws Exception where it cannot be told; that is unhealthy
     */
    default @Nullable HealthResult checkHealth() throws Exception {
        return HealthResult.healthy();
    }
}
