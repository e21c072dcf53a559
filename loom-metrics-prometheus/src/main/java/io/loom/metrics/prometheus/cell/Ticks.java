package io.loom.metrics.prometheus.cell;

/**
 * How the window of a maximum tells time: a step of it has a whole number of ticks. Thread-safe and wait-free.
 *
 * <p>It is asked by all cells of a page for the same time, so it remembers the last tick, which is a small object for each layout
 * and page. It is an object of its own for that: those who record read the layout, which no scrape should write to.
 */
final class Ticks {
    /** By the second for a minute. */
    private static final int IN_A_STEP = 60;

    private final long stepNanos;
    private final int inAStep;

    private Tick last = Tick.NONE; // racy on purpose: whoever finds an old one computes it anew

    Ticks(long stepNanos) {
        this.stepNanos = stepNanos;
        this.inAStep = stepNanos < IN_A_STEP ? 1 : IN_A_STEP;
    }

    /** {@return the number of the tick of a monotonic time} */
    long at(long nowNanos) {
        Tick known = last;
        if (known.contains(nowNanos)) {
            return known.number;
        }
        long number = numberOf(nowNanos);
        if (number >= known.number) { // an older one must not take the place again and again
            last = number == known.number ? known.with(nowNanos) : new Tick(number, nowNanos, nowNanos);
        }
        return number;
    }

    /** {@return how many steps lie between two ticks} */
    long steps(long fromTick, long toTick) {
        return Math.floorDiv(toTick, inAStep) - Math.floorDiv(fromTick, inAStep);
    }

    private long numberOf(long nowNanos) {
        double passed = (double) Math.floorMod(nowNanos, stepNanos) / stepNanos; // may round up to 1
        return Math.floorDiv(nowNanos, stepNanos) * inAStep + Math.min(inAStep - 1, (int) (passed * inAStep));
    }

    /** A tick, and the first and the last time that was seen in it: all between them lie in it, too. */
    private record Tick(long number, long firstNanos, long lastNanos) {
        static final Tick NONE = new Tick(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE);

        boolean contains(long nanos) {
            return firstNanos <= nanos && nanos <= lastNanos;
        }

        Tick with(long nanos) {
            return new Tick(number, Math.min(firstNanos, nanos), Math.max(lastNanos, nanos));
        }
    }
}
