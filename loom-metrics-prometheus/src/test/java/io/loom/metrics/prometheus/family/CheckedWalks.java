package io.loom.metrics.prometheus.family;

import io.loom.metrics.prometheus.cell.HistogramCell;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * What walks are checked for, whatever holds the families. A series is a number: its hundreds are the family, the rest is
 * the labels.
 */
abstract class CheckedWalks {
    /** Two of a family that has a lasting series between them, and all of another one. */
    private static final int[] PASSING = {101, 103, 201};

    private static final int[] LASTING = {102, 301};
    private static final String[] FAMILIES = {"0", "1", "2", "3"};

    private static final int ABSENT = 0;
    private static final int PRESENT = 2;
    private static final int STATES = 4;

    /** By series, the changes that began and that ended; modulo 4 one of absent, coming, present and going. */
    private final AtomicIntegerArray changes = new AtomicIntegerArray(PASSING.length);

    final void addLasting() {
        for (int series : LASTING) {
            add(family(series), labels(series));
        }
    }

    abstract void add(String family, byte[] labels);

    abstract void remove(String family, byte[] labels);

    abstract void visit(SampleVisitor visitor) throws IOException;

    /** Adds a series that is absent, removes one that is present. */
    @Operation(nonParallelGroup = "registration")
    public void change(@Param(gen = IntGen.class, conf = "0:2") int index) {
        boolean absent = changes.getAndIncrement(index) % STATES == ABSENT;
        if (absent) {
            add(family(PASSING[index]), labels(PASSING[index]));
        } else {
            remove(family(PASSING[index]), labels(PASSING[index]));
        }
        changes.incrementAndGet(index);
    }

    @Operation(nonParallelGroup = "walker")
    public void walk() throws IOException {
        int[] before = changes();
        Walk walk = new Walk();
        visit(walk);
        int[] after = changes();
        for (int series : LASTING) {
            check(walk.shown[series], "a lasting series was not shown");
        }
        for (int i = 0; i < PASSING.length; i++) {
            if (before[i] == after[i] && before[i] % STATES == PRESENT) {
                check(walk.shown[PASSING[i]], "a series that is there was not shown");
            } else if (before[i] == after[i] && before[i] % STATES == ABSENT) {
                check(!walk.shown[PASSING[i]], "a series that is not there was shown");
            }
        }
        check(!walk.metAnEmptyFamily, "a family was named that has no series");
    }

    private int[] changes() {
        int[] seen = new int[PASSING.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = changes.get(i);
        }
        return seen;
    }

    private static String family(int series) {
        return FAMILIES[series / 100];
    }

    private static byte[] labels(int series) {
        return new byte[] {(byte) (series % 100)};
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** What a walk shows; in order, and so nothing twice. */
    private static final class Walk implements SampleVisitor {
        final boolean[] shown = new boolean[302];
        boolean metAnEmptyFamily;
        private int family;
        private int last;

        @Override
        public void family(Family met) {
            metAnEmptyFamily |= last / 100 != family;
            family = met.name().charAt(0) - '0';
        }

        @Override
        public void sample(Labels labels, long value) {
            int series = family * 100 + labels.toString().charAt(0);
            check(series > last, "out of order");
            last = series;
            shown[series] = true;
        }

        @Override
        public void sample(Labels labels, double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sampleNanos(Labels labels, long nanos) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void quantile(Labels labels, double quantile, double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void summary(Labels labels, HistogramCell cell) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void summary(Labels labels, long count, double sum) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nowNanos() {
            return 0;
        }
    }
}
