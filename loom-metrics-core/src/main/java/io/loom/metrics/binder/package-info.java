/**
 * Adapters by which a team gets typed meters from libraries that it has already, without writing code. Each needs its library,
 * which is an optional dependency; none is loaded where it is not used.
 */
@NullMarked
package io.loom.metrics.binder;

import org.jspecify.annotations.NullMarked;
