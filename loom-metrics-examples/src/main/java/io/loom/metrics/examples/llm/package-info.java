/**
 * The language models: the client that makes attempts again, simulated models that need no key, and any service that speaks
 * OpenAI's protocol, through LangChain4j.
 */
@NullMarked
package io.loom.metrics.examples.llm;

import org.jspecify.annotations.NullMarked;
