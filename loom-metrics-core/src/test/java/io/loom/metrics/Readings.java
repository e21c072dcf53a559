package io.loom.metrics;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every number that a registry holds, by {@code name{key=value}}; a timer has two, {@code name{…} count} and {@code name{…}
 * seconds}, and a summary has {@code count} and {@code total}. Maxima are left out: they fade with time.
 */
public final class Readings {
    private Readings() {}

    public static Map<String, Double> of(MeterRegistry registry) {
        Map<String, Double> readings = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().syntheticAssociation() == null) {
                for (Measurement measurement : meter.measure()) {
                    if (measurement.getStatistic() != Statistic.MAX) {
                        readings.put(key(meter, measurement.getStatistic()), measurement.getValue());
                    }
                }
            }
        }
        return readings;
    }

    /** What changed, and by how much: a reading that is new, or was NaN, counts from 0. One that is gone changes by NaN. */
    public static Map<String, Double> deltas(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> deltas = new TreeMap<>();
        after.forEach((key, value) -> {
            double was = before.getOrDefault(key, 0.0);
            if (value != was && !(Double.isNaN(value) && Double.isNaN(was))) {
                deltas.put(key, Double.isNaN(was) ? value : value - was);
            }
        });
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(gone -> deltas.put(gone, Double.NaN));
        return deltas;
    }

    private static String key(Meter meter, Statistic statistic) {
        String tags = meter.getId().getTags().stream().map(Readings::text).collect(Collectors.joining(",", "{", "}"));
        String name = meter.getId().getName() + (tags.equals("{}") ? "" : tags);
        return switch (meter.getId().getType()) {
            case TIMER -> name + (statistic == Statistic.COUNT ? " count" : " seconds");
            case DISTRIBUTION_SUMMARY -> name + (statistic == Statistic.COUNT ? " count" : " total");
            default -> name;
        };
    }

    private static String text(Tag tag) {
        return tag.getKey() + "=" + tag.getValue();
    }
}
