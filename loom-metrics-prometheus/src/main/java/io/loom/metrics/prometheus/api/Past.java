package io.loom.metrics.prometheus.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The readings of the last 15 minutes. Immutable, so that whoever asks sees one past while the next is made.
 *
 * @param readings the oldest first; one at least
 */
record Past(List<Reading> readings) {
    /** How many times a window a span may be, where readings are missing. */
    private static final int TOLERANCE = 2;

    Past {
        readings = List.copyOf(readings);
    }

    static Past of(Reading first) {
        return new Past(List.of(first));
    }

    Reading last() {
        return readings.get(readings.size() - 1);
    }

    /** {@return this and one more; the oldest ones go, which no window reaches any more} */
    Past plus(Reading reading) {
        List<Reading> more = new ArrayList<>(readings);
        more.add(reading);
        int first = indexBefore(more, reading.nanos() - Window.FIFTEEN.nanos());
        return new Past(more.subList(first, more.size()));
    }

    /**
     * {@return what happened in a window that ends now} It begins with the last reading that is old enough, or with the first
     * one there is. Where that is far too old, since readings are missing, nothing is known.
     */
    Span upTo(Reading now, Window window) {
        Reading from = readings.get(indexBefore(readings, now.nanos() - window.nanos()));
        return now.nanos() - from.nanos() > TOLERANCE * window.nanos() ? Span.unknown(now) : new Span(from, now);
    }

    /** {@return the steps between the last readings, the oldest first} */
    List<Span> steps(int most) {
        Span[] steps = new Span[Math.min(most, readings.size() - 1)];
        for (int i = 0; i < steps.length; i++) {
            int to = readings.size() - steps.length + i;
            steps[i] = new Span(readings.get(to - 1), readings.get(to));
        }
        return Arrays.asList(steps);
    }

    /** {@return the index of the last reading that is not after a time, or that of the first} */
    private static int indexBefore(List<Reading> readings, long nanos) {
        int index = readings.size() - 1;
        while (index > 0 && readings.get(index).nanos() - nanos > 0) {
            index--;
        }
        return index;
    }
}
