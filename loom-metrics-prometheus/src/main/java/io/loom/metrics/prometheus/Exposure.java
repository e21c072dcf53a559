package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.LabelBlock;
import io.loom.metrics.prometheus.family.LegalName;
import io.loom.metrics.prometheus.family.Samples;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
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
    private static final List<String> SUFFIXES = List.of("", Part.MAX, Part.TASKS, Part.TASKS_DURATION);

    private final boolean descriptions;
    private final Function<Meter.Id, String> conventionName;
    private final Function<Meter.Id, List<Tag>> conventionTags;
    private final Families families = new Families();
    private final Map<HistogramLayout, BucketTexts> layouts = new ConcurrentHashMap<>();

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

    /** Shows a meter; {@return why it cannot be shown, if it cannot} */
    Optional<String> add(Meter.Id id, List<Part> parts) {
        try {
            List<Shown> all = shown(id, parts);
            Optional<String> clash = all.stream()
                    .map(this::clash)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> twin(all));
            if (clash.isEmpty()) {
                String help = descriptions ? id.getDescription() : null;
                all.forEach(part -> families.add(part.name, part.type, help, part.labels, part.samples));
            }
            return clash;
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Takes a meter off the page. A namesake that was refused has nothing there. */
    void remove(Meter meter) {
        Meter.Id id = meter.getId();
        String name = conventionName.apply(id);
        byte[] labels = labels(id, null);
        for (String suffix : SUFFIXES) {
            families.remove(name + suffix, labels, id);
        }
        for (Measurement measurement : meter.measure()) {
            Statistic statistic = measurement.getStatistic();
            families.remove(name + Part.suffix(statistic), labels(id, statistic), id);
        }
    }

    /** Parts without a label of their own share one encoding. */
    private List<Shown> shown(Meter.Id id, List<Part> parts) {
        String name = conventionName.apply(id);
        byte[] labels = labels(id, null);
        return parts.stream()
                .map(part -> new Shown(
                        name + part.suffix,
                        part.type,
                        part.statistic == null ? labels : labels(id, part.statistic),
                        part.samples))
                .toList();
    }

    /** {@return what is said of a meter whose own parts are written the same, if they are} */
    private static Optional<String> twin(List<Shown> parts) {
        Set<String> seen = new HashSet<>();
        return parts.stream()
                .filter(part -> !seen.add(part.name + new String(part.labels, StandardCharsets.UTF_8)))
                .findFirst()
                .map(part ->
                        "two of its own measurements are written the same, as " + part.name + ". Drop one of them.");
    }

    private Optional<String> clash(Shown part) {
        return families.clash(part.name, part.type, part.labels);
    }

    private byte[] labels(Meter.Id id, @Nullable Statistic statistic) {
        List<Map.Entry<String, String>> labels = new ArrayList<>();
        for (Tag tag : conventionTags.apply(id)) {
            labels.add(Map.entry(LegalName.ofLabel(tag.getKey()), tag.getValue()));
        }
        if (statistic != null) {
            labels.add(Map.entry("statistic", statistic.toString()));
        }
        return LabelBlock.encode(labels);
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Shown(String name, FamilyType type, byte[] labels, Samples samples) {}

    /**
     * One family's share of a meter.
     *
     * @param suffix what is added to the meter's name
     * @param statistic a label of the samples; null for none
     */
    record Part(String suffix, FamilyType type, @Nullable Statistic statistic, Samples samples) {
        static final String MAX = "_max";
        static final String TASKS = "_gcount";
        static final String TASKS_DURATION = "_gsum";

        static Part of(FamilyType type, Samples samples) {
            return new Part("", type, null, samples);
        }

        static Part gauge(String suffix, Samples samples) {
            return new Part(suffix, FamilyType.GAUGE, null, samples);
        }

        static Part of(Meter.Id id, Measurement measurement) {
            Statistic statistic = measurement.getStatistic();
            return new Part(suffix(statistic), type(statistic), statistic, new Views.Value(id, measurement::getValue));
        }

        static String suffix(Statistic statistic) {
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
}
