/**
 * The values of an LLM call: what it used, how it ended and why it failed. This room holds no meters; {@link
 * io.loom.metrics.llm.ErrorType} and its like are the closed label values of those that do.
 */
@NullMarked
package io.loom.metrics.llm;

import org.jspecify.annotations.NullMarked;
