package io.loom.metrics.prometheus.cell;

/**
 * A value, and the span of a trace that it was recorded in. Immutable, so that no reader ever sees parts of two.
 *
 * @param value in the unit of the page: seconds where it is a duration
 * @param epochMillis when it was recorded
 */
public record Exemplar(String traceId, String spanId, double value, long epochMillis) {}
