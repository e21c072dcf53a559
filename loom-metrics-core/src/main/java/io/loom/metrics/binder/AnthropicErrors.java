package io.loom.metrics.binder;

import dev.langchain4j.model.anthropic.internal.api.AnthropicStreamingException;
import io.loom.metrics.llm.ErrorType;
import org.jspecify.annotations.Nullable;

/** What Anthropic says of an error in mid-stream, which has no status. Only loaded where there is one. */
final class AnthropicErrors {
    private AnthropicErrors() {}

    static @Nullable ErrorType typeOf(Throwable failure) {
        return ErrorType.ofCode(((AnthropicStreamingException) failure).type());
    }
}
