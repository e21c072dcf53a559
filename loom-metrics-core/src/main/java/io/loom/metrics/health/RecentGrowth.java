package io.loom.metrics.health;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How much counters have grown in a window. It remembers what they were when somebody asked, at 30 times of the window at most, so
 * that counting itself costs nothing. Thread-safe; lock-free.
 */
final class RecentGrowth {
    private static final int SAMPLES = 30;

    private final Clock clock;
    private final long windowNanos;
    private final AtomicReference<List<Sample>> samples;

    /** Growth counts from {@code totals} on: what was before is not known to be recent. */
    RecentGrowth(Clock clock, Duration window, Map<String, Double> totals) {
        this.clock = clock;
        this.windowNanos = window.toNanos();
        this.samples = new AtomicReference<>(List.of(new Sample(clock.monotonicTime(), Map.copyOf(totals))));
    }

    /** {@return by how much each total has grown in the window, or for as long as is known} Those that have not are left out. */
    Growth to(Map<String, Double> totals) {
        Sample now = new Sample(clock.monotonicTime(), Map.copyOf(totals));
        Sample then = samples.updateAndGet(known -> with(known, now)).get(0);
        Map<String, Double> grown = new HashMap<>();
        now.totals.forEach((key, total) -> {
            double before = then.totals.getOrDefault(key, 0.0);
            double by = total >= before ? total - before : total; // a registry that forgets has begun anew
            if (by > 0) {
                grown.put(key, by);
            }
        });
        return new Growth(grown, Duration.ofNanos(now.nanos - then.nanos));
    }

    /** The first sample is the latest that is as old as the window, or the oldest. */
    private List<Sample> with(List<Sample> known, Sample now) {
        List<Sample> kept = new ArrayList<>(known);
        while (kept.size() > 1 && now.nanos - kept.get(1).nanos >= windowNanos) {
            kept.remove(0);
        }
        if (now.nanos - kept.get(kept.size() - 1).nanos >= windowNanos / SAMPLES) {
            kept.add(now);
        }
        return List.copyOf(kept);
    }

    private record Sample(long nanos, Map<String, Double> totals) {}

    /**
     * What has grown.
     *
     * @param by how much, where it is more than 0
     * @param over since when that was
     */
    record Growth(Map<String, Double> by, Duration over) {
        double of(String key) {
            return by.getOrDefault(key, 0.0);
        }

        /** {@return how long that is, to the second} */
        String text() {
            return OneLine.of(Duration.ofSeconds(over.toSeconds()));
        }
    }
}
