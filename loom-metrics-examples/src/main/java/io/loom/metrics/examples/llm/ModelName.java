package io.loom.metrics.examples.llm;

/** A model, and who serves it. */
record ModelName(String provider, String model) {}
