/**
 * Where numbers live: striped counters and histograms that are written without locks and read without stopping a writer. This
 * room knows neither names nor text.
 */
@NullMarked
package io.loom.metrics.prometheus.cell;

import org.jspecify.annotations.NullMarked;
