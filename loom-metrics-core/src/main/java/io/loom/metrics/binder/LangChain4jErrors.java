package io.loom.metrics.binder;

import dev.langchain4j.exception.HttpException;
import io.loom.metrics.llm.ErrorType;
import org.jspecify.annotations.Nullable;

/**
 * Knows what LangChain4j's exceptions say beyond their class: the HTTP status, and the code in the JSON of the provider's answer.
 * The adapters ask it by themselves. For calls that are metered otherwise:
 *
 * <pre>{@code
 * LoomMetrics.builder(registry).errorClassifier(LangChain4jErrors::typeOf).build();
 * }</pre>
 *
 * <p>Thread-safe; lock-free.
 */
public final class LangChain4jErrors {
    private static final String ANTHROPIC_STREAM =
            "dev.langchain4j.model.anthropic.internal.api.AnthropicStreamingException";

    private LangChain4jErrors() {}

    /** {@return what {@code failure} itself says, without its causes}; null where it says nothing */
    public static @Nullable ErrorType typeOf(@Nullable Throwable failure) {
        if (failure instanceof HttpException http) {
            return ErrorType.ofHttp(http.statusCode(), ErrorBody.code(http.getMessage()));
        }
        if (failure != null && failure.getClass().getName().equals(ANTHROPIC_STREAM)) {
            return AnthropicErrors.typeOf(failure);
        }
        return null;
    }
}
