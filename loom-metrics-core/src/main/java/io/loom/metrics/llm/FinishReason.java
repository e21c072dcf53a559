package io.loom.metrics.llm;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a model stopped writing: a closed set, so that endings can be counted from zero. */
public enum FinishReason {
    /** It was done, or met a stop sequence. */
    STOP,
    /** The limit of tokens cut it off. */
    LENGTH,
    /** It asks for tools. */
    TOOL_CALLS,
    /** A filter cut it off. */
    CONTENT_FILTER,
    /** Anything else. */
    OTHER;

    /** What providers and libraries say, in lower case. */
    private static final Map<String, FinishReason> BY_WORD = Map.ofEntries(
            Map.entry("stop", STOP), // OpenAI, Google, LangChain4j, Ollama
            Map.entry("end_turn", STOP), // Anthropic, Bedrock
            Map.entry("stop_sequence", STOP),
            Map.entry("complete", STOP), // Cohere
            Map.entry("eos", STOP), // Together
            Map.entry("length", LENGTH), // OpenAI, LangChain4j
            Map.entry("max_tokens", LENGTH), // Anthropic, Google, Bedrock
            Map.entry("model_context_window_exceeded", LENGTH),
            Map.entry("max_output_tokens", LENGTH),
            Map.entry("tool_calls", TOOL_CALLS), // OpenAI
            Map.entry("tool_use", TOOL_CALLS), // Anthropic, Bedrock
            Map.entry("tool_call", TOOL_CALLS), // Cohere
            Map.entry("tool_execution", TOOL_CALLS), // LangChain4j
            Map.entry("function_call", TOOL_CALLS),
            Map.entry("content_filter", CONTENT_FILTER), // OpenAI, LangChain4j
            Map.entry("content_filtered", CONTENT_FILTER), // Bedrock
            Map.entry("guardrail_intervened", CONTENT_FILTER),
            Map.entry("refusal", CONTENT_FILTER), // Anthropic
            Map.entry("safety", CONTENT_FILTER), // Google
            Map.entry("recitation", CONTENT_FILTER),
            Map.entry("blocklist", CONTENT_FILTER),
            Map.entry("prohibited_content", CONTENT_FILTER),
            Map.entry("spii", CONTENT_FILTER));

    private final String label = name().toLowerCase(Locale.ROOT);

    /** {@return the value of the label {@code finish_reason}} */
    public String label() {
        return label;
    }

    /** {@return the reason behind a provider's word, in any case; {@link #OTHER} where it is not known} */
    public static FinishReason of(@Nullable String word) {
        return word == null ? OTHER : BY_WORD.getOrDefault(word.toLowerCase(Locale.ROOT), OTHER);
    }
}
