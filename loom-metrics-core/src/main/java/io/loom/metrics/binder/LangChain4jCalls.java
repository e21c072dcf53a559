package io.loom.metrics.binder;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.FinishReason;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What LangChain4j's calls say, in our words. */
final class LangChain4jCalls {
    /** OpenTelemetry's names, where they are not LangChain4j's in lower case. */
    private static final Map<String, String> PROVIDERS = Map.of(
            "OPEN_AI", "openai",
            "AMAZON_BEDROCK", "aws.bedrock",
            "AZURE_OPEN_AI", "azure.ai.openai",
            "GOOGLE_AI_GEMINI", "gcp.gemini",
            "GOOGLE_GENAI", "gcp.gen_ai",
            "GOOGLE_VERTEX_AI_GEMINI", "gcp.vertex_ai",
            "GOOGLE_VERTEX_AI_ANTHROPIC", "gcp.vertex_ai",
            "WATSONX", "ibm.watsonx.ai");

    private LangChain4jCalls() {}

    static BiFunction<@Nullable ModelProvider, @Nullable String, LlmMeter> meters(LoomMetrics loom) {
        Objects.requireNonNull(loom, "loom");
        return (provider, model) -> loom.llm(provider(provider), model);
    }

    static BiFunction<@Nullable ModelProvider, @Nullable String, LlmMeter> always(LlmMeter meter) {
        Objects.requireNonNull(meter, "meter");
        return (provider, model) -> meter;
    }

    /** {@return the provider's name}; null where the model's class does not say it */
    static @Nullable String provider(@Nullable ModelProvider provider) {
        if (provider == null || provider == ModelProvider.OTHER) {
            return null;
        }
        String name = provider.name();
        return PROVIDERS.getOrDefault(name, name.toLowerCase(Locale.ROOT));
    }

    static FinishReason finishReason(@Nullable ChatResponse response) {
        if (response == null || response.finishReason() == null) {
            return FinishReason.OTHER;
        }
        return FinishReason.of(response.finishReason().name());
    }
}
