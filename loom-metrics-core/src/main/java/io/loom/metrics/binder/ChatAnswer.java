package io.loom.metrics.binder;

import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.RateLimits.Resource;
import io.loom.metrics.llm.Usage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.RateLimit;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * What an answer in Spring AI says beside its text; null where it does not say. Reading it is foreign code, which may throw.
 *
 * @param provider as Spring AI calls it, whatever the label says
 */
record ChatAnswer(String provider, ChatResponse response) {
    /** Their prompt tokens leave out those that their cache read or wrote. */
    private static final Set<String> CACHE_APART = Set.of("anthropic", "bedrock_converse");

    /** {@return why the model stopped; of several texts, why the first one did that says so} */
    @Nullable
    FinishReason finishReason() {
        return Foreign.ask(ChatAnswer::readFinishReason, this);
    }

    @Nullable
    RateLimits rateLimits() {
        return Foreign.ask(ChatAnswer::readRateLimits, this);
    }

    /** May throw. Spring AI says 0 where the provider did not say: no call uses 0 both ways. */
    @Nullable
    Usage usage() {
        org.springframework.ai.chat.metadata.Usage said = response.getMetadata().getUsage();
        if (said == null || said.getPromptTokens() == null || said.getCompletionTokens() == null) {
            return null;
        }
        long prompt = said.getPromptTokens();
        long completion = said.getCompletionTokens();
        if (prompt == 0 && completion == 0) {
            return null;
        }
        long cached = orZero(said.getCacheReadInputTokens());
        long cacheWrite = orZero(said.getCacheWriteInputTokens());
        long apart = CACHE_APART.contains(provider) ? cached + cacheWrite : 0;
        return Usage.of(prompt + apart, completion).withCached(cached).withCacheWrite(cacheWrite);
    }

    private @Nullable FinishReason readFinishReason() {
        return response.getResults().stream()
                .map(text -> text.getMetadata().getFinishReason())
                .filter(word -> word != null && !word.isBlank())
                .findFirst()
                .map(FinishReason::of)
                .orElse(null);
    }

    private RateLimits readRateLimits() {
        RateLimit said = response.getMetadata().getRateLimit();
        Map<Resource, Long> limits = new EnumMap<>(Resource.class);
        Map<Resource, Long> remaining = new EnumMap<>(Resource.class);
        if (isKnown(said.getRequestsLimit())) {
            limits.put(Resource.REQUESTS, said.getRequestsLimit());
            remaining.put(Resource.REQUESTS, said.getRequestsRemaining());
        }
        if (isKnown(said.getTokensLimit())) {
            limits.put(Resource.TOKENS, said.getTokensLimit());
            remaining.put(Resource.TOKENS, said.getTokensRemaining());
        }
        remaining.values().removeIf(Objects::isNull);
        return new RateLimits(limits, remaining, Optional.empty());
    }

    /** Spring AI says 0, or null, where the provider did not say. */
    private static boolean isKnown(@Nullable Long limit) {
        return limit != null && limit > 0;
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }
}
