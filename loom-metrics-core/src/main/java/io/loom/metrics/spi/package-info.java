/**
 * What a registry may implement so that typed meters record to it in fewer steps. Nothing here is for users, and nothing here is
 * needed: every meter works on every registry.
 */
@NullMarked
package io.loom.metrics.spi;

import org.jspecify.annotations.NullMarked;
