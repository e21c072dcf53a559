package io.loom.metrics.prometheus.benchmarks;

/** Which language model, and who serves it. */
record Model(String provider, String name) {
    Model copy() {
        return new Model(Words.copy(provider), Words.copy(name));
    }
}
