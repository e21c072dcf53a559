package io.loom.metrics;

import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.series.LabelGate;
import io.loom.metrics.series.SeriesTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The series of one of the caller's own families. A call with too few or too many values must not throw into the work that it
 * measures: missing values become {@code unknown}, surplus ones are dropped, and the call is counted as rejected.
 */
final class Labelled<S> {
    private static final String[] NONE = {};

    private final MeterSpec spec;
    private final int arity;
    private final SeriesTable<S> table;
    private final Rejections rejections;

    Labelled(Registrar registrar, MeterSpec spec, SeriesTable.Factory<S> factory) {
        this.spec = spec;
        this.arity = spec.labelKeys().size();
        List<LabelGate> gates = spec.labelKeys().stream()
                .map(key -> registrar.openGate(spec.name(), key, value -> value))
                .toList();
        this.table = new SeriesTable<>(gates, registrar.seriesLimit(), factory);
        this.rejections = registrar.rejections(spec);
    }

    MeterSpec spec() {
        return spec;
    }

    int size() {
        return table.size();
    }

    S get() {
        return arity == 0 ? table.get() : getAll();
    }

    S get(@Nullable String a) {
        return arity == 1 ? table.get(a) : getAll(a);
    }

    S get(@Nullable String a, @Nullable String b) {
        return arity == 2 ? table.get(a, b) : getAll(a, b);
    }

    S get(@Nullable String a, @Nullable String b, @Nullable String c) {
        return arity == 3 ? table.get(a, b, c) : getAll(a, b, c);
    }

    S get(@Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d) {
        return arity == 4 ? table.get(a, b, c, d) : getAll(a, b, c, d);
    }

    S getAll(@Nullable String @Nullable ... values) {
        @Nullable String[] given = values == null ? NONE : values;
        if (given.length != arity) {
            rejections.reject(Reason.LABEL_COUNT, given.length + " for " + spec.labelKeys());
        }
        return table.getAll(given);
    }
}
