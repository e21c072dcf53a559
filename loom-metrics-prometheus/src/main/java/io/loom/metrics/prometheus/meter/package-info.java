/**
 * Micrometer's meters. Each is its own cell and its own series on the page, so that a scrape reads one object.
 */
@NullMarked
package io.loom.metrics.prometheus.meter;

import org.jspecify.annotations.NullMarked;
