/**
 * Where stories are written and kept: sessions, outlines, drafts, rules, the response cache and what readers do. Each part
 * records its own events; {@link io.loom.metrics.examples.studio.Studio} is the door.
 */
@NullMarked
package io.loom.metrics.examples.studio;

import org.jspecify.annotations.NullMarked;
