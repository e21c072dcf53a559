/**
 * Seeded nonsense in names, labels, help and values: each page must be well-formed in each format, and read back to what was put
 * in.
 */
@NullMarked
package io.loom.metrics.prometheus.fuzz;

import org.jspecify.annotations.NullMarked;
