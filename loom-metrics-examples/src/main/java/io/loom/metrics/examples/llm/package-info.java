/**
 * The language models: the interface to a provider, the client that meters its calls and makes them again, and simulated
 * providers that need no key. Only the client records.
 */
@NullMarked
package io.loom.metrics.examples.llm;

import org.jspecify.annotations.NullMarked;
