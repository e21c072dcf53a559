package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.cell.Exemplar;
import io.loom.metrics.prometheus.cell.Exemplars;
import org.jspecify.annotations.Nullable;

/**
 * The messages {@code Exemplar} of one series after the other. They are read all at once, before the values of the series, so that
 * no bucket of 0 has one. One for each scrape that has any; not thread-safe.
 */
final class ExemplarMessages {
    private static final byte[] TRACE_ID = {'t', 'r', 'a', 'c', 'e', '_', 'i', 'd'};
    private static final byte[] SPAN_ID = {'s', 'p', 'a', 'n', '_', 'i', 'd'};

    // Exemplar
    private static final int LABEL = 1;
    private static final int VALUE = 2;
    private static final int TIMESTAMP = 3;

    // google.protobuf.Timestamp
    private static final int SECONDS = 1;
    private static final int NANOS = 2;

    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LabelPairs labelPairs;
    private final Message exemplar = new Message();
    private final Message timestamp = new Message();
    private @Nullable Exemplar[] read = {};
    private int size;

    ExemplarMessages(LabelPairs labelPairs) {
        this.labelPairs = labelPairs;
    }

    /** Reads those of a series, in place of all that there were. */
    void read(Exemplars exemplars) {
        size = exemplars.places();
        if (read.length < size) {
            read = new @Nullable Exemplar[size];
        }
        exemplars.read(read);
    }

    /** Forgets them: the next series has its own, or none. */
    void clear() {
        size = 0;
    }

    /** Adds the one at a place, if there is one. */
    void addTo(Message target, int field, int place) {
        Exemplar added = place < size ? read[place] : null;
        if (added != null) {
            exemplar.clear();
            labelPairs.addTo(exemplar, LABEL, TRACE_ID, added.traceId());
            labelPairs.addTo(exemplar, LABEL, SPAN_ID, added.spanId());
            exemplar.number(VALUE, added.value());
            addTimestamp(added.epochMillis());
            target.message(field, exemplar);
        }
    }

    private void addTimestamp(long epochMillis) {
        timestamp.clear();
        timestamp.uint(SECONDS, Math.floorDiv(epochMillis, MILLIS_PER_SECOND));
        timestamp.uint(NANOS, Math.floorMod(epochMillis, MILLIS_PER_SECOND) * NANOS_PER_MILLI);
        exemplar.message(TIMESTAMP, timestamp);
    }
}
