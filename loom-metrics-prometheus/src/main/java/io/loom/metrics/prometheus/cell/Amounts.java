package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;

/** Sums in a slot of a {@code long[]}, which saturate and never wrap, and maxima. Lock-free. */
final class Amounts {
    private Amounts() {}

    /** Adds to a slot that holds the bits of a double; {@return whether nobody interfered} */
    static boolean add(long[] slots, int at, double amount) {
        boolean alone = true;
        while (true) {
            long seen = (long) SLOT.getOpaque(slots, at);
            double sum = Math.min(Double.longBitsToDouble(seen) + amount, Double.MAX_VALUE);
            if (SLOT.compareAndSet(slots, at, seen, Double.doubleToRawLongBits(sum))) {
                return alone;
            }
            alone = false;
        }
    }

    /** Adds to a slot that holds a long. */
    static void add(long[] slots, int at, long amount) {
        while (true) {
            long seen = (long) SLOT.getOpaque(slots, at);
            if (SLOT.compareAndSet(slots, at, seen, saturatedSum(seen, amount))) {
                return;
            }
        }
    }

    /** Makes a slot that holds a long at least {@code least}. */
    static void raise(long[] slots, int at, long least) {
        long seen = (long) SLOT.getOpaque(slots, at);
        while (least > seen && !SLOT.compareAndSet(slots, at, seen, least)) {
            seen = (long) SLOT.getOpaque(slots, at);
        }
    }

    /** {@return the sum of two numbers that are not negative, or the largest there is} */
    static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
