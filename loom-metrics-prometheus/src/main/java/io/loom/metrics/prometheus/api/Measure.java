package io.loom.metrics.prometheus.api;

/** What a figure was at some time: an amount, or a histogram. Immutable, so that readings share what did not change. */
sealed interface Measure permits Amount, Histogram {}
