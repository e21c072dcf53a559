/**
 * Weaves methods with {@code @Timed} and {@code @Counted}, at build time or at run time, by Byte Buddy. Woven classes need
 * nothing of it.
 */
@NullMarked
package io.loom.metrics.weaving;

import org.jspecify.annotations.NullMarked;
