package io.loom.metrics.prometheus.benchmarks;

/** What an HTTP request is for. */
record Route(String method, String endpoint) {
    Route copy() {
        return new Route(Words.copy(method), Words.copy(endpoint));
    }
}
