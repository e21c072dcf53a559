package io.loom.metrics.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The gauges of one plugin. Used by one thread at a time. */
final class PublishedSeries {
    private static final long CLASH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RegistryWatch watch;
    private final String help;
    private final Map<SeriesKey, RegistryWatch.Line> lines = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    /** Names that clash, and since when: registries log each refusal, so they are not tried again for a while. */
    private final Map<String, Long> clashes = new HashMap<>();

    PublishedSeries(RegistryWatch watch, String plugin) {
        this.watch = watch;
        this.help = "Reported by the plugin " + plugin + '.';
    }

    /**
     * Shows these series, and no others.
     *
     * @param refused is told why, for each series that cannot be shown
     */
    void show(Map<SeriesKey, Double> series, Consumer<String> refused) {
        removeAllBut(series.keySet());
        long now = registry().config().clock().monotonicTime();
        clashes.values().removeIf(since -> now - since >= CLASH_NANOS);
        Taken taken = new Taken();
        series.forEach((key, value) -> {
            RegistryWatch.Line line = lines.get(key);
            if (line != null) {
                line.value(value);
            } else {
                String clash = clashes.containsKey(key.name()) ? "a meter had its name" : add(key, value, taken);
                if (clash != null) {
                    clashes.putIfAbsent(key.name(), now);
                    refused.accept("the metric " + key.name() + " cannot be shown: " + clash);
                }
            }
        });
    }

    /** Shows nothing. */
    void clear() {
        removeAllBut(Set.of());
    }

    private void removeAllBut(Set<SeriesKey> kept) {
        lines.entrySet().removeIf(entry -> {
            boolean gone = !kept.contains(entry.getKey());
            if (gone) {
                watch.remove(entry.getValue());
            }
            return gone;
        });
        names.clear();
        lines.keySet().forEach(key -> names.add(key.name()));
    }

    /** {@return why it cannot be shown; null where it is} */
    private @Nullable String add(SeriesKey key, double value, Taken taken) {
        if (!names.contains(key.name()) && (ReservedNames.has(key.name()) || taken.has(key.name()))) {
            return "a meter that is not the plugin's has this name";
        }
        RegistryWatch.Line line = new RegistryWatch.Line(value);
        String clash = watch.register(
                        line,
                        () -> Gauge.builder(key.name(), line, RegistryWatch.Line::value)
                                .strongReference(true)
                                .description(help)
                                .tags(key.tags())
                                .register(registry()))
                .orElse(null);
        if (clash == null) {
            lines.put(key, line);
            names.add(key.name());
        }
        return clash;
    }

    private MeterRegistry registry() {
        return watch.registry();
    }

    /** The names of all meters that are not this plugin's, looked up when they are needed first. */
    private final class Taken {
        private @Nullable Set<String> others;

        boolean has(String name) {
            if (others == null) {
                others = lookUp();
            }
            return others.contains(ReservedNames.plain(name));
        }

        private Set<String> lookUp() {
            Set<Meter> ours = new HashSet<>();
            for (RegistryWatch.Line line : lines.values()) {
                if (line.gauge() != null) {
                    ours.add(line.gauge());
                }
            }
            Set<String> found = new HashSet<>();
            registry().forEachMeter(meter -> {
                if (!ours.contains(meter)) {
                    found.add(ReservedNames.plain(meter.getId().getName()));
                }
            });
            return found;
        }
    }
}
