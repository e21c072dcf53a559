/**
 * What is on the page: families by name, and in each its series by their labels, encoded once at registration. A scrape walks
 * them without a lock while meters come and go.
 */
@NullMarked
package io.loom.metrics.prometheus.family;

import org.jspecify.annotations.NullMarked;
