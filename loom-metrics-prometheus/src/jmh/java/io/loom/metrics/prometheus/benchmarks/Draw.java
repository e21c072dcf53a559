package io.loom.metrics.prometheus.benchmarks;

import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A thread's random source. One draw is 64 bits, and the parts of an event are taken from different ones of them; a draw is
 * never repeated, so that no branch predictor can learn the values, as it learns those of an array.
 */
@State(Scope.Thread)
public class Draw {
    private static final long SHORTEST_NANOS = 1_000_000;
    private static final int[] RARE_STATUSES = {201, 204, 304, 400, 404, 429, 500, 503};

    private static final int[] MIXED_STATUSES = {200, 200, 200, 200, 201, 204, 404, 500};

    private static final int TOKENS = 64;

    private long bits = System.nanoTime() | 1;

    /** {@return fresh bits; the shifts are those of Marsaglia, "Xorshift RNGs", section 3} */
    public long next() {
        long x = bits;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        bits = x;
        return x;
    }

    /** {@return a duration from 1 ms to 65.5 s: each of the 16 octaves is as likely as the next} */
    static long nanos(long bits) {
        long fraction = (bits >>> 40) & 0xF_FFFF;
        return (SHORTEST_NANOS + ((fraction * SHORTEST_NANOS) >>> 20)) << (bits >>> 60);
    }

    /** {@return an index below {@code size}, which is at most a million} */
    static int index(long bits, int size) {
        return (int) (((bits & 0xF_FFFF) * size) >>> 20);
    }

    /** {@return an HTTP status: 15 times in 16 it is 200} */
    static int status(long bits) {
        int rare = (int) (bits >>> 20) & 0x7F;
        return rare < RARE_STATUSES.length ? RARE_STATUSES[rare] : 200;
    }

    /** {@return an HTTP status: every other time it is 200} */
    static int mixedStatus(long bits) {
        return MIXED_STATUSES[(int) (bits >>> 20) & (MIXED_STATUSES.length - 1)];
    }

    /** {@return every status that {@link #status} and {@link #mixedStatus} give} */
    static IntStream statuses() {
        return IntStream.concat(IntStream.of(200), IntStream.of(RARE_STATUSES));
    }

    /** {@return how many tokens were sent: one of 64 numbers} */
    static long prompt(long bits) {
        return 60L * tokens(bits) + 7;
    }

    /** {@return how many tokens came back: the fewer the more were sent} */
    static long completion(long bits) {
        return 3_900L - 60L * tokens(bits);
    }

    private static int tokens(long bits) {
        return (int) (bits >>> 28) & (TOKENS - 1);
    }
}
