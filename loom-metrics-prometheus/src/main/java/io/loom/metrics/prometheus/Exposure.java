package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.LabelBlock;
import io.loom.metrics.prometheus.family.LegalName;
import io.loom.metrics.prometheus.family.Placed;
import io.loom.metrics.prometheus.family.Samples;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts meters on the page and takes them off, whole or not at all. Reading the families is thread-safe and lock-free; adding and
 * removing happen under Micrometer's registration monitor, one at a time.
 */
final class Exposure {
    private static final Logger log = LoggerFactory.getLogger(Exposure.class);

    private final boolean descriptions;
    private final Function<Meter.Id, String> conventionName;
    private final Function<Meter.Id, List<Tag>> conventionTags;
    private final UnaryOperator<Samples> watch;
    private final Families families;
    /** What is shown, by the very id that was registered. Most show one series, which needs no array. */
    private final IdentityHashMap<Meter.Id, Placed> single = new IdentityHashMap<>();

    private final IdentityHashMap<Meter.Id, Placed[]> several = new IdentityHashMap<>();
    private final Map<HistogramLayout, BucketTexts> layouts = new ConcurrentHashMap<>();

    Exposure(
            boolean descriptions,
            boolean created,
            Function<Meter.Id, String> conventionName,
            Function<Meter.Id, List<Tag>> conventionTags,
            UnaryOperator<Samples> watch) {
        this.descriptions = descriptions;
        this.families = new Families(created);
        this.conventionName = conventionName;
        this.conventionTags = conventionTags;
        this.watch = watch;
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
            List<Place> places = places(id, parts);
            Optional<String> clash =
                    places.stream().map(this::clash).flatMap(Optional::stream).findFirst();
            if (clash.isEmpty()) {
                show(id, places);
            }
            return clash;
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Takes a meter off the page: exactly what was shown of it, which is nothing if it was refused. Never throws. */
    void remove(Meter meter) {
        Placed one = single.remove(meter.getId());
        if (one != null) {
            families.remove(likelyLabels(meter.getId()), one);
        }
        Placed[] all = several.remove(meter.getId());
        if (all != null) {
            byte[] likely = likelyLabels(meter.getId());
            Arrays.stream(all).forEach(each -> families.remove(likely, each));
        }
    }

    private void show(Meter.Id id, List<Place> places) {
        String help = descriptions ? id.getDescription() : null;
        Placed[] shown = places.stream()
                .map(place -> families.add(
                        place.name, place.type, help, place.unit, place.labels, watch.apply(place.samples)))
                .toArray(Placed[]::new);
        if (shown.length == 1) {
            single.put(id, shown[0]);
        } else {
            several.put(id, shown);
        }
    }

    /** Parts without a label of their own share one encoding. */
    private List<Place> places(Meter.Id id, List<Part> parts) {
        String name = conventionName.apply(id);
        byte[] labels = labels(id, null);
        return parts.stream()
                .map(part -> new Place(
                        name + part.suffix(),
                        part.type(),
                        part.suffix().isEmpty() ? id.getBaseUnit() : null,
                        part.statistic() == null ? labels : labels(id, part.statistic()),
                        part.samples()))
                .toList();
    }

    private Optional<String> clash(Place place) {
        return families.clash(place.name, place.type, place.labels);
    }

    /** {@return the labels that a meter was shown with, unless the convention has changed since, or it is a custom one} */
    private byte[] likelyLabels(Meter.Id id) {
        try {
            return labels(id, null);
        } catch (RuntimeException e) {
            log.debug("{}: its labels cannot be encoded any more, so it is searched for", id, e);
            return new byte[0];
        }
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
    private record Place(
            String name, FamilyType type, @Nullable String unit, byte[] labels, Samples samples) {}
}
