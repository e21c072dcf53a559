package io.loom.metrics.prometheus.family;

import io.loom.metrics.prometheus.cell.Copies;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All families of a page, in the order of their names. No two of them write a sample of the same name.
 *
 * <p>Thread-safe. A walk takes no lock and is weakly consistent. Adding and removing are for one thread at a time, which is
 * what Micrometer's registration monitor gives.
 */
public final class Families {
    private static final Logger log = LoggerFactory.getLogger(Families.class);

    private final boolean created;
    private final int leafSize;
    private final ConcurrentSkipListMap<String, Family> byName;
    private final Map<String, Family> bySampleName;
    private final Queue<Early> early;
    /** Names of what is walked over; null where all is. */
    private final @Nullable Set<String> shown;

    /** Creates an empty page without times of creation. */
    public Families() {
        this(false);
    }

    /**
     * Creates an empty page.
     *
     * @param created whether series may tell when they were created, so that no others may have the names of such samples
     */
    public Families(boolean created) {
        this(created, SortedSeries.LEAF);
    }

    Families(boolean created, int leafSize) {
        this.created = created;
        this.leafSize = leafSize;
        this.byName = new ConcurrentSkipListMap<>();
        this.bySampleName = new ConcurrentHashMap<>();
        this.early = new ConcurrentLinkedQueue<>();
        this.shown = null;
    }

    private Families(Families all, Set<String> shown) {
        this.created = all.created;
        this.leafSize = all.leafSize;
        this.byName = all.byName;
        this.bySampleName = all.bySampleName;
        this.early = all.early;
        this.shown = shown;
    }

    /** {@return the same families, walked over only where one of {@code names} is their own or that of one of their samples} */
    public Families named(Set<String> names) {
        return new Families(this, names);
    }

    /** {@return why such a series cannot be added: a clash of type, of names or of labels; empty where it can} */
    public Optional<String> clash(String name, FamilyType type, byte[] labels) {
        Optional<String> reserved = type.reservedLabel().filter(label -> LabelBlock.hasName(labels, label));
        if (reserved.isPresent()) {
            return Optional.of("label " + reserved.get() + " must not be on a " + type
                    + ": the format adds its own. Rename the tag.");
        }
        Family family = byName.get(name);
        if (family == null) {
            return nameClash(name, type);
        }
        if (family.type() != type) {
            return Optional.of("family " + name + " cannot be " + type + ": it is " + family.type() + " for "
                    + family.anyOwner() + ". Rename one of them.");
        }
        return family.find(labels)
                .map(shown -> "family " + name + " has the same labels already for " + shown.owner()
                        + ". Rename one of them, or give them different tags.");
    }

    /**
     * Adds a series that does not clash, and whose family has no unit.
     *
     * @param help describes the family, unless a series before did
     * @return the series and its family
     */
    public Placed add(String name, FamilyType type, @Nullable String help, byte[] labels, Samples samples) {
        return add(name, type, help, null, labels, samples);
    }

    /**
     * Adds a series that does not clash.
     *
     * @param help describes the family, unless a series before did
     * @param unit is shown where the family's name ends in it, unless a series before had one
     * @return the series and its family
     */
    public Placed add(
            String name,
            FamilyType type,
            @Nullable String help,
            @Nullable String unit,
            byte[] labels,
            Samples samples) {
        Family known = byName.get(name);
        Family family = known != null ? known : new Family(name, type, leafSize);
        family.describe(help, unit);
        family.add(labels, samples);
        if (samples instanceof Early shared) {
            early.add(shared);
        }
        if (known == null) {
            type.namesTaken(name, created).forEach(sampleName -> bySampleName.put(sampleName, family));
            byName.put(name, family);
        }
        return new Placed(family, samples);
    }

    /** {@return whether a family, or its samples, are named so} */
    public boolean hasName(String name) {
        return byName.containsKey(name) || bySampleName.containsKey(name);
    }

    /** {@return a series, if it is there} */
    Optional<Placed> find(String name, byte[] labels) {
        return Optional.ofNullable(byName.get(name))
                .flatMap(family -> family.find(labels).map(samples -> new Placed(family, samples)));
    }

    /**
     * Removes a series that was added, and its family where it was the last one.
     *
     * @param likely the labels that it has most likely; where it has others it is searched for
     */
    public void remove(byte[] likely, Placed placed) {
        Family family = placed.family();
        family.remove(likely, placed.samples());
        if (placed.samples() instanceof Early shared) {
            early.remove(shared);
        }
        if (family.isEmpty() && byName.remove(family.name(), family)) {
            family.type().namesTaken(family.name(), created).forEach(bySampleName::remove);
        }
    }

    /** Walks over all families. */
    public void visit(SampleVisitor visitor) throws IOException {
        if (shown == null) {
            readEarly(visitor.copies());
        }
        Labels labels = new Labels();
        for (Family family : byName.values()) {
            if (shown == null || family.hasNameIn(shown)) {
                family.visit(labels, visitor);
            }
        }
    }

    private void readEarly(Copies copies) {
        for (Early each : early) {
            if (copies.areFull()) {
                return;
            }
            try {
                each.readEarly(copies);
            } catch (RuntimeException e) {
                log.debug("{}: it failed before its line, which reads it again", each.owner(), e);
            }
        }
    }

    private Optional<String> nameClash(String name, FamilyType type) {
        for (String sampleName : type.namesTaken(name, created)) {
            Family other = bySampleName.get(sampleName);
            if (other != null) {
                return Optional.of("samples cannot be named " + sampleName + ": family " + other.name() + " of "
                        + other.anyOwner() + " names its own so. Rename one of them.");
            }
        }
        return Optional.empty();
    }
}
