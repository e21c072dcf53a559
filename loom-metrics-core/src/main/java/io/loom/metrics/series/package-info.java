/**
 * From label values to the resolved series: the lock-free look-up, and the gates that keep label values sane and few. This
 * room knows nothing of meters; it is not exported.
 */
@NullMarked
package io.loom.metrics.series;

import org.jspecify.annotations.NullMarked;
