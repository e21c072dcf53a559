/** What a series costs in heap, beside the peers. */
@NullMarked
package io.loom.metrics.prometheus.heap;

import org.jspecify.annotations.NullMarked;
