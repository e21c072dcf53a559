package io.loom.metrics.prometheus;

import java.time.Duration;

/**
 * When the reader of a page gives up. Whoever adds foreign lines to a page has to be done by then; the registry's own lines do
 * not wait for anything.
 *
 * <p>Immutable and thread-safe.
 */
public final class ScrapeDeadline {
    private static final ScrapeDeadline NONE = new ScrapeDeadline(Long.MAX_VALUE);

    private final long startNanos = System.nanoTime();
    private final long nanos;

    private ScrapeDeadline(long nanos) {
        this.nanos = nanos;
    }

    /** {@return a deadline that never comes} */
    public static ScrapeDeadline none() {
        return NONE;
    }

    /**
     * {@return a deadline}
     *
     * @param timeout how long it is until then; one that is not positive has passed already
     * @throws ArithmeticException where it is longer than 292 years
     */
    public static ScrapeDeadline in(Duration timeout) {
        return new ScrapeDeadline(timeout.toNanos());
    }

    /** {@return whether there is one at all} */
    public boolean exists() {
        return nanos != Long.MAX_VALUE;
    }

    /** {@return how long it is until then: zero where it has passed, 292 years where there is none} */
    public Duration remaining() {
        return exists()
                ? Duration.ofNanos(Math.max(0, nanos - (System.nanoTime() - startNanos)))
                : Duration.ofNanos(Long.MAX_VALUE);
    }
}
