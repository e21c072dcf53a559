/**
 * Micrometer's meters on our cells. Each is one step from Micrometer's own types.
 */
@NullMarked
package io.loom.metrics.prometheus.meter;

import org.jspecify.annotations.NullMarked;
