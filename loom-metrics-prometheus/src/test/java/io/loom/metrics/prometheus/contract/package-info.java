/** Micrometer's own compatibility kit, run on our registry. */
@NullMarked
package io.loom.metrics.prometheus.contract;

import org.jspecify.annotations.NullMarked;
