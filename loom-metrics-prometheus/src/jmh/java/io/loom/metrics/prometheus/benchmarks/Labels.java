package io.loom.metrics.prometheus.benchmarks;

/** The values of three labels. */
record Labels(String genre, String model, String outcome) {
    Labels copy() {
        return new Labels(Words.copy(genre), Words.copy(model), Words.copy(outcome));
    }
}
