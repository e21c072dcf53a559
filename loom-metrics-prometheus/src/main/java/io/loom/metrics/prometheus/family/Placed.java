package io.loom.metrics.prometheus.family;

/** A series, and the family that it was added to: what it takes to remove it. */
public record Placed(Family family, Samples samples) {}
