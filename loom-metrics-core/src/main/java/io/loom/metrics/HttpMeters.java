package io.loom.metrics;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.series.EndpointTemplate;
import io.loom.metrics.series.LabelGate;
import io.loom.metrics.series.LabelValues;
import io.loom.metrics.series.SeriesLimit;
import io.loom.metrics.series.SeriesTable;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HTTP requests: {@code http_requests_total}, {@code http_request_duration_seconds} and {@code http_requests_in_progress}.
 *
 * <p>Thread-safe. Recording never throws; for a method and endpoint that were seen before it takes no lock and allocates
 * nothing. Pass route templates as endpoints ({@code /stories/{id}}), best as constants: segments that look like identifiers
 * become {@code {id}}, but the guess costs time on every call. Methods other than the nine standard ones become {@code other}.
 */
public final class HttpMeters {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private final Clock clock;
    private final SeriesTable<HttpSeries> series;

    HttpMeters(Registrar registrar) {
        this.clock = registrar.clock();
        SeriesTable<InProgress> inProgress = new SeriesTable<>(
                List.of(LabelGate.closed()), // the values have passed the gates below
                SeriesLimit.none(),
                new InProgressSeries(registrar, LoomMeter.HTTP_REQUESTS_IN_PROGRESS.spec()));
        MeterSpec subject = LoomMeter.HTTP_REQUESTS.spec();
        this.series = registrar.tableByLast(
                subject,
                List.of(
                        LabelGate.closed(HttpMeters::knownMethod),
                        registrar.openGate(subject.name(), Label.ENDPOINT.key(), EndpointTemplate::of)),
                values -> create(registrar, inProgress.get(values[1]), values));
    }

    private HttpSeries create(Registrar registrar, InProgress inProgress, String[] values) {
        return new HttpSeries(registrar, series, inProgress, values[0], values[1]);
    }

    /** A method that has passed stays what it is: a request may pass again when its endpoint is known. */
    private static @Nullable String knownMethod(@Nullable String method) {
        boolean known = method == null || METHODS.contains(method) || method.equals(LabelValues.UNKNOWN);
        return known ? method : LabelValues.OTHER;
    }

    /**
     * Makes the series of a method and endpoint exist from now on, at 0, so that a dashboard has them before the first request.
     * Of statuses these are 200 and 500.
     *
     * @param method the HTTP method
     * @param endpoint the route template
     */
    public void register(@Nullable String method, @Nullable String endpoint) {
        series.getByLast(method, endpoint);
    }

    /**
     * Like {@link #register(String, String)}, with more statuses than 200 and 500. Name the failures that the endpoint can answer:
     * {@code increase()} does not see what a counter is born with, so it would miss a burst of 503 between two scrapes, if these
     * were the first.
     *
     * @param method the HTTP method
     * @param endpoint the route template
     * @param statuses each 100 to 599
     * @throws IllegalArgumentException where a status is none; then nothing is registered
     */
    public void register(@Nullable String method, @Nullable String endpoint, int... statuses) {
        for (int status : statuses) {
            HttpSeries.requireStatus(status);
        }
        HttpSeries registered = series.getByLast(method, endpoint);
        for (int status : statuses) {
            registered.show(status);
        }
    }

    /**
     * Starts a request; closing the handle ends it.
     *
     * @param method the HTTP method
     * @param endpoint the route template
     */
    public HttpRequest start(@Nullable String method, @Nullable String endpoint) {
        // First: a request that is made before the look-up is filled at more cost.
        HttpSeries known = Apart.find(series, method, endpoint);
        return new HttpRequest(known, clock);
    }

    /**
     * Records a request that has ended; it is in progress for no longer than this call.
     *
     * @param method the HTTP method
     * @param endpoint the route template
     * @param status 100 to 599, else {@code unknown}; 499 where the client went away
     * @param elapsed 0 to 365 days; any other duration is dropped and counted as rejected, and the request still counts
     */
    public void record(@Nullable String method, @Nullable String endpoint, int status, @Nullable Duration elapsed) {
        series.getByLast(method, endpoint).record(status, elapsed);
    }

    /** Like {@link #record(String, String, int, Duration)}, with the duration in nanoseconds. */
    public void recordNanos(@Nullable String method, @Nullable String endpoint, int status, long elapsedNanos) {
        series.getByLast(method, endpoint).recordNanos(status, elapsedNanos);
    }
}
