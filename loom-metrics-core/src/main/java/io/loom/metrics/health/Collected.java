package io.loom.metrics.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a plugin gave, of what can be shown. Confined to one thread at a time.
 *
 * <p>A plugin's map may be of any class and hold anything, so it is read on the plugin's own thread, and no further than the limit.
 */
final class Collected {
    private final Map<SeriesKey, Double> series = new LinkedHashMap<>();
    private int left;
    private int leftOut;
    private boolean failed;
    private boolean flooded;
    private @Nullable String trouble;

    private Collected(int limit) {
        this.left = limit;
    }

    /** Calls a plugin. Whatever is thrown here is the plugin's fault, or hits it alone. */
    static Collected from(MonitorPlugin plugin, int limit) {
        Collected collected = new Collected(limit);
        try {
            Map<?, ?> metrics = plugin.collectMetrics();
            if (metrics == null) {
                collected.fail("it gave no metrics");
            } else {
                collected.read(metrics, limit);
            }
        } catch (Throwable e) {
            collected.fail(OneLine.of(e));
        }
        return collected;
    }

    /** {@return what to show; nothing where the call failed} */
    Map<SeriesKey, Double> series() {
        return failed ? Map.of() : series;
    }

    /** {@return how many series cannot be shown, apart from those beyond the limit} */
    int leftOut() {
        return leftOut;
    }

    boolean failed() {
        return failed;
    }

    boolean flooded() {
        return flooded;
    }

    /** {@return the first thing that is wrong, if anything is} */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void read(Map<?, ?> metrics, int limit) {
        for (Map.Entry<?, ?> metric : metrics.entrySet()) {
            Object name = metric.getKey();
            Object value = metric.getValue();
            if (name instanceof String text && value instanceof MetricValue known) {
                known.series().stream().limit(left + 1L).forEach(each -> take(text, each));
            } else {
                take(() -> leaveOut("the metric " + name + " has no value"));
            }
            if (flooded) {
                trouble = "it has more than " + limit + " series; the rest is left out";
                return;
            }
        }
    }

    private void take(String name, MetricValue.Series given) {
        take(() -> SeriesKey.of(name, given.labels())
                .ifPresentOrElse(
                        key -> put(key, given.value()),
                        () -> leaveOut("the metric " + name + " or a label of it has no legal name")));
    }

    /** What is left out counts, too: a plugin could give nothing else, for ever. */
    private void take(Runnable reading) {
        if (left == 0) {
            flooded = true;
        } else {
            left--;
            reading.run();
        }
    }

    private void put(SeriesKey key, double value) {
        if (Double.isNaN(value)) {
            leaveOut("the value of " + key.name() + " is no number");
        } else if (series.putIfAbsent(key, value) != null) {
            leaveOut("the metric " + key.name() + " has the same labels twice");
        }
    }

    private void leaveOut(String why) {
        leftOut++;
        if (trouble == null) {
            trouble = OneLine.of(why);
        }
    }

    private void fail(String why) {
        failed = true;
        trouble = OneLine.of(why);
    }
}
