/**
 * Figures of the last 15 minutes, as JSON: readings of the families that they come from are kept in a ring, and two of them give
 * rates, ratios and quantiles. Whoever records does not notice: the families are read as for a scrape. What else a service tells in
 * JSON is written here as well.
 */
@NullMarked
package io.loom.metrics.prometheus.api;

import org.jspecify.annotations.NullMarked;
