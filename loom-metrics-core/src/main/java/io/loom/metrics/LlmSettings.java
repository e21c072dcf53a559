package io.loom.metrics;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Pricing;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the caller says about LLM calls. Immutable.
 *
 * @param pricing null where costs are not counted
 * @param classifier what the caller knows of an exception; null where it knows nothing
 * @param stall the longest gap between two chunks that is no stall
 * @param readingSpeed how many words a reader reads in a second
 */
record LlmSettings(
        @Nullable Pricing pricing,
        Function<? super Throwable, ? extends @Nullable ErrorType> classifier,
        Duration stall,
        double readingSpeed) {
    static final LlmSettings DEFAULT = new LlmSettings(null, failure -> null, Duration.ofSeconds(5), 5);

    LlmSettings withPricing(Pricing newPricing) {
        return new LlmSettings(newPricing, classifier, stall, readingSpeed);
    }

    LlmSettings withClassifier(Function<? super Throwable, ? extends @Nullable ErrorType> newClassifier) {
        return new LlmSettings(pricing, newClassifier, stall, readingSpeed);
    }

    LlmSettings withStall(Duration newStall) {
        return new LlmSettings(pricing, classifier, newStall, readingSpeed);
    }

    LlmSettings withReadingSpeed(double newReadingSpeed) {
        return new LlmSettings(pricing, classifier, stall, newReadingSpeed);
    }
}
