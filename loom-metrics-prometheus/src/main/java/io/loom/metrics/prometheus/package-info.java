/**
 * The door: {@link io.loom.metrics.prometheus.LoomPrometheusRegistry}, a Micrometer registry whose page is one walk over its
 * families. Everything that records to Micrometer records to it unchanged.
 */
@NullMarked
package io.loom.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
