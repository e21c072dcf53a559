/**
 * Stories: their genres, and the rules that they are held to. Values and pure functions; nothing here is measured.
 */
@NullMarked
package io.loom.metrics.examples.story;

import org.jspecify.annotations.NullMarked;
