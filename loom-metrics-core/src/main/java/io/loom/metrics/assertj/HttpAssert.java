package io.loom.metrics.assertj;

import io.loom.metrics.catalogue.LoomMeter;

/** Assertions on the requests of one method and route template. */
public final class HttpAssert {
    private final Readings readings;
    private final String method;
    private final String endpoint;

    HttpAssert(Readings readings, String method, String endpoint) {
        this.readings = readings;
        this.method = method;
        this.endpoint = endpoint;
    }

    /** Fails unless so many requests were answered with this status. */
    public HttpAssert hasRequests(int status, long expected) {
        readings.requireCount(LoomMeter.HTTP_REQUESTS, expected, method, endpoint, Integer.toString(status));
        return this;
    }

    /** Fails unless so many requests to the endpoint, of any method, are being answered. */
    public HttpAssert hasInProgress(long expected) {
        readings.requireGauge(LoomMeter.HTTP_REQUESTS_IN_PROGRESS, expected, endpoint);
        return this;
    }
}
