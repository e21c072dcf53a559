/**
 * The door of the library: {@link io.loom.metrics.LoomMetrics}, the typed meters that it hands out, and the caller's own
 * families. An event falls from a typed meter to the series that it resolved, and from there into the meters of any
 * Micrometer registry.
 */
@NullMarked
package io.loom.metrics;

import org.jspecify.annotations.NullMarked;
