/** Label values without end: what is on the page stays small, and its sums stay exact. */
@NullMarked
package io.loom.metrics.prometheus.flood;

import org.jspecify.annotations.NullMarked;
