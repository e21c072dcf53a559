package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.series.LabelValues;
import io.loom.metrics.series.SeriesTable;
import io.loom.metrics.spi.CountedDurations;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one method and endpoint record to: resolved together, so that an event costs one look-up. Thread-safe; an event takes no
 * lock, apart from the first of each status.
 */
final class HttpSeries {
    private static final VarHandle END = MethodHandles.arrayElementVarHandle(TimedCounter[].class);
    private static final int OK = 200;
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 599;
    private static final int UNKNOWN = MAX_STATUS - MIN_STATUS + 1;

    private final Registrar registrar;
    private final SeriesTable<HttpSeries> table;
    private final String method;
    private final String endpoint;
    private final InProgress inProgress;
    private final TimerSeries duration;
    /** Of the status that most requests end by; null if the registry has none. */
    private final @Nullable CountedDurations ok;

    private final @Nullable TimedCounter[] ends = new TimedCounter[UNKNOWN + 1];

    HttpSeries(
            Registrar registrar, SeriesTable<HttpSeries> table, InProgress inProgress, String method, String endpoint) {
        this.registrar = registrar;
        this.table = table;
        this.method = method;
        this.endpoint = endpoint;
        this.inProgress = inProgress;
        this.duration = TimerSeries.register(registrar, LoomMeter.HTTP_REQUEST_DURATION.spec(), method, endpoint);
        this.ok = end(OK).joint(); // the rare ones lie there, too
        end(500); // at 0 before the first event: increase() cannot see a counter that is born at 1
    }

    static void requireStatus(int status) {
        if (!isStatus(status)) {
            throw new IllegalArgumentException("status of an endpoint must be " + MIN_STATUS + " to " + MAX_STATUS
                    + ": was " + status + ". Leave it out: a request that ends by it counts as \"unknown\".");
        }
    }

    /** Makes the series of a status exist, at 0. */
    void show(int status) {
        end(status);
    }

    void start() {
        inProgress.start();
    }

    /** Ends a request that was started. */
    void end(int status, long elapsedNanos) {
        CountedDurations joint = status == OK ? ok : end(status).joint();
        if (joint != null && TimerSeries.accepts(elapsedNanos)) {
            joint.counted().put(elapsedNanos);
        } else {
            end(status).recordNanos(elapsedNanos);
        }
    }

    /** Ends a request that was started here, under the endpoint that it turned out to be for. */
    void end(String endpoint, int status, long elapsedNanos) {
        HttpSeries actual = table.getByLast(method, endpoint);
        if (actual == this) {
            end(status, elapsedNanos);
        } else {
            actual.recordNanos(status, elapsedNanos);
            inProgress.leave();
        }
    }

    /** Starts and ends a request. */
    void recordNanos(int status, long elapsedNanos) {
        if (ok != null && status == OK && TimerSeries.accepts(elapsedNanos)) {
            inProgress.start(); // what ends must have started
            ok.counted().put(elapsedNanos);
            return;
        }
        TimedCounter end = end(status); // before the first atomic step, behind which every look-up waits
        inProgress.start();
        end.recordNanos(elapsedNanos);
    }

    /** Like {@link #recordNanos}. */
    void record(int status, @Nullable Duration elapsed) {
        TimedCounter end = end(status);
        inProgress.start();
        end.record(elapsed);
    }

    private TimedCounter end(int status) {
        int index = isStatus(status) ? status - MIN_STATUS : UNKNOWN;
        TimedCounter known = (TimedCounter) END.getAcquire(ends, index);
        return known != null ? known : register(index);
    }

    private static boolean isStatus(int status) {
        return status >= MIN_STATUS && status <= MAX_STATUS;
    }

    /** Of rivals one stays; what the others made records nothing. */
    private TimedCounter register(int index) {
        String status = index == UNKNOWN ? LabelValues.UNKNOWN : Integer.toString(index + MIN_STATUS);
        CounterSeries requests =
                CounterSeries.register(registrar, LoomMeter.HTTP_REQUESTS.spec(), method, endpoint, status);
        TimedCounter end = index == OK - MIN_STATUS
                ? TimedCounter.of(requests, duration)
                : TimedCounter.ofRare(requests, duration, ok);
        TimedCounter rival = (TimedCounter) END.compareAndExchange(ends, index, null, end);
        if (rival != null) {
            return rival;
        }
        inProgress.endsAt(end::count);
        return end;
    }
}
