package io.loom.metrics.prometheus.api;

/**
 * A counter's or a gauge's value, or the sum of several.
 *
 * @param value NaN where one of them is
 */
record Amount(double value) implements Measure {}
