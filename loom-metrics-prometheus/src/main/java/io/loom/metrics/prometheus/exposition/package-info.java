/**
 * From families to bytes: one renderer for each format, over one buffer and one way to print numbers. Nothing here knows
 * Micrometer.
 */
@NullMarked
package io.loom.metrics.prometheus.exposition;

import org.jspecify.annotations.NullMarked;
