package io.loom.metrics.llm;

/** The prices of a model from some size of prompt on, in trillionths of a dollar for a token. Immutable. */
record PriceTier(long fromContextTokens, long prompt, long completion, long cached, long cacheWrite, long reasoning) {}
