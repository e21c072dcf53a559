/**
 * A narrative service measured with loom-metrics: {@link io.loom.metrics.examples.NarrativeService} puts the rooms below
 * together, and starts and stops them. What is configured from outside is configured here.
 */
@NullMarked
package io.loom.metrics.examples;

import org.jspecify.annotations.NullMarked;
