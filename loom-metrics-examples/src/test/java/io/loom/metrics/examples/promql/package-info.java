/**
 * What PromQL says: the metrics and labels that a query names, and those that there are. Used by the tests of all that asks
 * Prometheus.
 */
@NullMarked
package io.loom.metrics.examples.promql;

import org.jspecify.annotations.NullMarked;
