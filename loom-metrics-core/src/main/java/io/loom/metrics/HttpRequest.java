package io.loom.metrics;

import io.loom.metrics.series.LabelValues;
import io.micrometer.core.instrument.Clock;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request under way. Closing it counts it, with its status and duration; closing it again does nothing.
 *
 * <p>May be handed from thread to thread, but is used by one at a time. A request that is closed before it was given a status
 * counts as 500: that is what a server answers for a handler that threw.
 */
public final class HttpRequest implements AutoCloseable {
    private static final int HANDLER_THREW = 500;

    private final HttpSeries series;
    private final Clock clock;
    private final long startNanos;
    private int status = HANDLER_THREW;
    private boolean closed;
    private @Nullable String endpoint;

    HttpRequest(HttpSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
        series.start();
        this.startNanos = clock.monotonicTime();
    }

    /**
     * Sets the status; the last one counts.
     *
     * @param status 100 to 599, else {@code unknown}; 499 where the client went away
     */
    public void status(int status) {
        this.status = status;
    }

    /**
     * Sets the endpoint that the request turned out to be for, where the route is known only later; the last one counts. What is
     * in progress stays under the endpoint that it was started with.
     *
     * @param template the route template
     */
    public void endpoint(@Nullable String template) {
        this.endpoint = template == null ? LabelValues.UNKNOWN : template;
    }

    /** Ends the request. Never throws. */
    @Override
    public void close() {
        closeOnce(); // so short that it is inlined after a throw as well: see EndsOnce
    }

    private void closeOnce() {
        if (!closed) {
            closed = true;
            long elapsedNanos = clock.monotonicTime() - startNanos;
            Apart.end(series, endpoint, status, elapsedNanos);
        }
    }
}
