/**
 * What a registry may implement so that typed meters record to it in fewer steps, and the stripes by which both count. Nothing here
 * is for users, and no registry needs to implement any of it: every meter works on every registry.
 */
@NullMarked
package io.loom.metrics.spi;

import org.jspecify.annotations.NullMarked;
