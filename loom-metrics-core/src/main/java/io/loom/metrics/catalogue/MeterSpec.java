package io.loom.metrics.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a family of meters is: everything but its label values. Immutable.
 *
 * @param name the Micrometer name: lower-case words joined by dots
 * @param kind the kind of meter
 * @param baseUnit appended to the name on the wire, unless the kind is {@link MeterKind#TIMER}; null for none
 * @param help one sentence for the reader of a page
 * @param labelKeys the label names, in the order of their values
 * @param buckets the histogram's bounds; {@link Buckets#NONE} for counters and gauges
 */
public record MeterSpec(
        String name, MeterKind kind, @Nullable String baseUnit, String help, List<String> labelKeys, Buckets buckets) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:\\.[a-z0-9]+)*");
    private static final Pattern LABEL_KEY = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Set<String> RESERVED_KEYS = Set.of("le", "quantile");

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException where a name or a label key is illegal, or a key is there twice
     */
    public MeterSpec {
        labelKeys = List.copyOf(labelKeys);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("meter name must match " + NAME + ": was \"" + name
                    + "\". Join lower-case words with dots; the unit and _total are added on the wire.");
        }
        requireLegalKeys(name, labelKeys);
    }

    private static void requireLegalKeys(String name, List<String> labelKeys) {
        Set<String> seen = new HashSet<>();
        for (String key : labelKeys) {
            if (!LABEL_KEY.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "label key of meter " + name + " must match " + LABEL_KEY + ": was \"" + key + "\"");
            }
            if (RESERVED_KEYS.contains(key)) {
                throw new IllegalArgumentException("label key of meter " + name + " must not be le or quantile: was \""
                        + key + "\". Prometheus gives these a meaning; choose another name.");
            }
            if (!seen.add(key)) {
                throw new IllegalArgumentException(
                        "label keys of meter " + name + " must be distinct: were " + labelKeys);
            }
        }
    }
}
