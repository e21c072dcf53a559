package io.loom.metrics.examples.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.binder.LangChain4jErrors;
import io.loom.metrics.binder.LangChain4jUsage;
import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.RateLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What LangChain4j answers of one model, in the service's own words. Thread-safe. */
final class LangChain4jAnswers {
    private final String model;
    private final LlmMeter meter;
    /** What the last answer asked for; other threads' answers may be later, and ask for the same. */
    private volatile @Nullable Duration retryAfter;

    LangChain4jAnswers(ChatService service, LlmMeter meter) {
        this.model = service.provider() + '/' + service.model();
        this.meter = meter;
    }

    void hear(RateLimits said) {
        meter.rateLimits(said);
        retryAfter = said.retryAfter().orElse(null);
    }

    Completion completion(ChatResponse response) {
        String text = response.aiMessage().text();
        return new Completion(text == null ? "" : text, LangChain4jUsage.of(response), finish(response));
    }

    /** Some services never say why an answer ended. */
    private static FinishReason finish(ChatResponse response) {
        return response.finishReason() == null
                ? FinishReason.OTHER
                : FinishReason.of(response.finishReason().name());
    }

    ProviderException failure(@Nullable Throwable failure) {
        ErrorType type = CallEnd.of(failure, LangChain4jErrors::typeOf).errorType();
        return failure(type == null ? ErrorType.OTHER : type, failure);
    }

    ProviderException failure(ErrorType type, @Nullable Throwable cause) {
        return new ProviderException(model, type, retryAfter, cause);
    }
}
