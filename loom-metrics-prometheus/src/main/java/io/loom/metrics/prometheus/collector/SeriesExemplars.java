package io.loom.metrics.prometheus.collector;

import io.loom.metrics.prometheus.cell.Exemplars;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exemplars of one series after the other, as client_java's. They are read before the values of the series, so that each was
 * counted. Not thread-safe.
 */
final class SeriesExemplars {
    private final List<Exemplar> read = new ArrayList<>();

    /** Reads those of the series whose samples follow. */
    void read(Exemplars exemplars) {
        read.clear();
        for (int i = 0; i < exemplars.places(); i++) {
            io.loom.metrics.prometheus.cell.Exemplar exemplar = exemplars.at(i);
            if (exemplar != null) {
                read.add(translated(exemplar));
            }
        }
    }

    /** Forgets them. */
    void clear() {
        read.clear();
    }

    /** {@return the one of a counter, if it has one, for this once} */
    @Nullable
    Exemplar takeOne() {
        Exemplar one = read.isEmpty() ? null : read.get(0);
        read.clear();
        return one;
    }

    /** {@return all those of a histogram, for this once} */
    io.prometheus.metrics.model.snapshots.Exemplars takeAll() {
        io.prometheus.metrics.model.snapshots.Exemplars all = io.prometheus.metrics.model.snapshots.Exemplars.of(read);
        read.clear();
        return all;
    }

    private static Exemplar translated(io.loom.metrics.prometheus.cell.Exemplar exemplar) {
        return new Exemplar(
                exemplar.value(),
                Labels.of(Exemplar.TRACE_ID, exemplar.traceId(), Exemplar.SPAN_ID, exemplar.spanId()),
                exemplar.epochMillis());
    }
}
