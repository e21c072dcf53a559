/**
 * What woven methods call. Nothing here is for users: annotate methods, weave them, and bind a {@code LoomMetrics}.
 */
@NullMarked
package io.loom.metrics.woven;

import org.jspecify.annotations.NullMarked;
