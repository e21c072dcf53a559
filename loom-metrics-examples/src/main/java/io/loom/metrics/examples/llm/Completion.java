package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.Usage;

/** A model's answer, and what it used. */
public record Completion(String text, Usage usage) {}
