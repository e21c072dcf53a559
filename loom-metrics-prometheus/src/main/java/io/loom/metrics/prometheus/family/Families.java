package io.loom.metrics.prometheus.family;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All families of a page, in the order of their names.
 *
 * <p>Thread-safe. A walk takes no lock and is weakly consistent. Adding and removing are for one thread at a time, which is
 * what Micrometer's registration monitor gives.
 */
public final class Families {
    private final ConcurrentSkipListMap<String, Family> byName = new ConcurrentSkipListMap<>();

    /** {@return why such a series cannot be added: a clash of type or of labels; empty where it can} */
    public Optional<String> clash(String name, FamilyType type, byte[] labels) {
        Family family = byName.get(name);
        if (family == null) {
            return Optional.empty();
        }
        if (family.type() != type) {
            return Optional.of(
                    "family " + name + " is a " + family.type() + " already and cannot be a " + type + " too");
        }
        return family.has(labels)
                ? Optional.of(
                        "family " + name + " has a series with these labels already: another meter's name and tags"
                                + " are written the same")
                : Optional.empty();
    }

    /** Adds a series that does not clash. */
    public void add(String name, FamilyType type, @Nullable String help, byte[] labels, Samples samples) {
        Family known = byName.get(name);
        Family family = known != null ? known : new Family(name, type, help);
        family.add(labels, samples);
        byName.put(name, family); // last, so that no walk meets a family without series
    }

    /** Removes a series, and its family where it was the last one. */
    public void remove(String name, byte[] labels) {
        Family family = byName.get(name);
        if (family != null) {
            family.remove(labels);
            if (family.isEmpty()) {
                byName.remove(name);
            }
        }
    }

    /** Walks over all families. */
    public void visit(SampleVisitor visitor) throws IOException {
        for (Family family : byName.values()) {
            family.visit(visitor);
        }
    }
}
