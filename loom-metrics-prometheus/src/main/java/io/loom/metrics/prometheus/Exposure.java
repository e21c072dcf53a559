package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.LabelBlock;
import io.loom.metrics.prometheus.family.Samples;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts meters on the page and takes them off, whole or not at all. Reading the families is thread-safe and lock-free; adding and
 * removing happen under Micrometer's registration monitor, one at a time.
 */
final class Exposure {
    private static final String MAX_SUFFIX = "_max";

    private final boolean descriptions;
    private final Function<Meter.Id, String> conventionName;
    private final Function<Meter.Id, List<Tag>> conventionTags;
    private final Families families = new Families();
    private final Map<HistogramLayout, BucketTexts> layouts = new ConcurrentHashMap<>();
    private final Set<Meter.Id> refused = ConcurrentHashMap.newKeySet();

    Exposure(
            boolean descriptions,
            Function<Meter.Id, String> conventionName,
            Function<Meter.Id, List<Tag>> conventionTags) {
        this.descriptions = descriptions;
        this.conventionName = conventionName;
        this.conventionTags = conventionTags;
    }

    Families families() {
        return families;
    }

    /** {@return the texts of the one instance of {@code layout} that all its histograms share} */
    BucketTexts shared(HistogramLayout layout) {
        return layouts.computeIfAbsent(layout, BucketTexts::new);
    }

    /** Shows a meter that is one family. */
    Optional<String> add(Meter.Id id, FamilyType type, Samples samples) {
        return add(id, List.of(new Part(conventionName.apply(id), null, type, samples)));
    }

    /** Shows a meter that has a maximum beside it. */
    Optional<String> add(Meter.Id id, FamilyType type, Samples samples, Samples max) {
        String name = conventionName.apply(id);
        return add(
                id,
                List.of(new Part(name, null, type, samples), new Part(name + MAX_SUFFIX, null, FamilyType.GAUGE, max)));
    }

    /** Shows a meter that is a list of measurements. */
    Optional<String> add(Meter.Id id, Iterable<Measurement> measurements) {
        String name = conventionName.apply(id);
        List<Part> parts = new ArrayList<>();
        for (Measurement measurement : measurements) {
            Statistic statistic = measurement.getStatistic();
            FamilyType type = typeOf(statistic);
            parts.add(new Part(name + suffixOf(statistic), statistic, type, Views.value(measurement::getValue)));
        }
        return add(id, parts);
    }

    void remove(Meter meter) {
        Meter.Id id = meter.getId();
        if (refused.remove(id)) {
            return; // what is on the page under its name is another's
        }
        String name = conventionName.apply(id);
        byte[] labels = labels(id, null);
        families.remove(name, labels);
        families.remove(name + MAX_SUFFIX, labels);
        if (id.getType() == Meter.Type.OTHER) {
            meter.measure()
                    .forEach(measurement -> families.remove(
                            name + suffixOf(measurement.getStatistic()), labels(id, measurement.getStatistic())));
        }
    }

    private Optional<String> add(Meter.Id id, List<Part> parts) {
        Optional<String> clash = parts.stream()
                .map(part -> clash(id, part))
                .flatMap(Optional::stream)
                .findFirst();
        if (clash.isPresent()) {
            refused.add(id);
            return clash;
        }
        String help = descriptions ? id.getDescription() : null;
        parts.forEach(part -> families.add(part.name, part.type, help, labels(id, part.statistic), part.samples));
        return clash;
    }

    private Optional<String> clash(Meter.Id id, Part part) {
        try {
            return families.clash(part.name, part.type, labels(id, part.statistic));
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private byte[] labels(Meter.Id id, @Nullable Statistic statistic) {
        List<Map.Entry<String, String>> labels = new ArrayList<>();
        for (Tag tag : conventionTags.apply(id)) {
            labels.add(Map.entry(tag.getKey(), tag.getValue()));
        }
        if (statistic != null) {
            labels.add(Map.entry("statistic", statistic.toString()));
        }
        return LabelBlock.encode(labels);
    }

    private static String suffixOf(Statistic statistic) {
        return switch (statistic) {
            case TOTAL, TOTAL_TIME -> "_sum";
            case COUNT -> "";
            case MAX -> MAX_SUFFIX;
            case VALUE, UNKNOWN -> "_value";
            case ACTIVE_TASKS -> "_active_count";
            case DURATION -> "_duration_sum";
        };
    }

    private static FamilyType typeOf(Statistic statistic) {
        return switch (statistic) {
            case TOTAL, TOTAL_TIME, COUNT -> FamilyType.COUNTER;
            case MAX, VALUE, UNKNOWN, ACTIVE_TASKS, DURATION -> FamilyType.GAUGE;
        };
    }

    private record Part(String name, @Nullable Statistic statistic, FamilyType type, Samples samples) {}
}
