package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.Samples;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One family's share of a meter.
 *
 * @param suffix what is added to the meter's name
 * @param statistic a label of the samples; null for none
 * @param samples what it shows
 */
record Part(String suffix, FamilyType type, @Nullable Statistic statistic, Samples samples) {
    static final String MAX = "_max";

    private static final String TASKS = "_gcount";
    private static final String TASKS_DURATION = "_gsum";

    static Part of(FamilyType type, Samples samples) {
        return new Part("", type, null, samples);
    }

    static Part gauge(String suffix, Samples samples) {
        return new Part(suffix, FamilyType.GAUGE, null, samples);
    }

    /** {@return the shares of a long task timer} */
    static Part[] ofTasks(Meter.Id id, LongTaskTimer timer, boolean histogram) {
        TimeUnit unit = timer.baseTimeUnit();
        Part max = gauge(MAX, new Views.Value(id, () -> timer.max(unit)));
        if (!histogram) {
            return new Part[] {of(FamilyType.SUMMARY, new Views.LongTaskSummary(id, timer)), max};
        }
        Samples duration = new Views.Value(id, () -> timer.duration(unit));
        return new Part[] {
            of(FamilyType.GAUGE_HISTOGRAM, new Views.LongTaskBuckets(id, timer)),
            new Part(TASKS, FamilyType.GAUGE_HISTOGRAM_PART, null, new Views.Value(id, timer::activeTasks)),
            new Part(TASKS_DURATION, FamilyType.GAUGE_HISTOGRAM_PART, null, duration),
            max
        };
    }

    /**
     * {@return the shares of a custom meter: one for each statistic that it measures now} Its families cannot change later. One
     * that measures nothing yet, or fails to, has a share for each statistic there is.
     */
    static List<Part> ofMeasurements(Meter.Id id, Iterable<Measurement> measurements) {
        return statistics(measurements).stream()
                .map(statistic -> new Part(
                        suffix(statistic), type(statistic), statistic, new Views.Measured(id, measurements, statistic)))
                .toList();
    }

    private static Set<Statistic> statistics(Iterable<Measurement> measurements) {
        Set<Statistic> now = EnumSet.noneOf(Statistic.class);
        try {
            Foreign.result(() -> {
                measurements.forEach(measurement -> now.add(measurement.getStatistic()));
                return now;
            });
        } catch (Foreign.Failed e) {
            now.clear(); // each scrape tries again
        }
        return now.isEmpty() ? EnumSet.allOf(Statistic.class) : now;
    }

    private static String suffix(Statistic statistic) {
        return switch (statistic) {
            case TOTAL, TOTAL_TIME -> "_sum";
            case COUNT -> "";
            case MAX -> MAX;
            case VALUE, UNKNOWN -> "_value";
            case ACTIVE_TASKS -> "_active_count";
            case DURATION -> "_duration_sum";
        };
    }

    private static FamilyType type(Statistic statistic) {
        return switch (statistic) {
            case TOTAL, TOTAL_TIME, COUNT -> FamilyType.COUNTER;
            case MAX, VALUE, UNKNOWN, ACTIVE_TASKS, DURATION -> FamilyType.GAUGE;
        };
    }
}
