package io.loom.metrics.binder;

import io.loom.metrics.llm.ErrorType;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Knows what the exceptions of Spring AI's models say beyond their class: the HTTP status and the code of the provider's answer.
 * These are the exceptions of Spring's HTTP clients, and of the clients of OpenAI and Anthropic. {@link
 * LoomChatObservationHandler} asks it by itself. For calls that are metered otherwise:
 *
 * <pre>{@code
 * LoomMetrics.builder(registry).errorClassifier(SpringAiErrors::typeOf).build();
 * }</pre>
 *
 * <p>Thread-safe; lock-free.
 */
public final class SpringAiErrors {
    private static final int LEAST_ERROR = 400;

    /** By name, so that none of the libraries is needed. A class counts for its sub-classes, too. */
    private static final Map<String, Function<Throwable, @Nullable ErrorType>> BY_CLASS = Map.of(
            "org.springframework.web.client.RestClientResponseException", SpringHttpErrors::ofRestClient,
            "org.springframework.web.reactive.function.client.WebClientResponseException",
                    SpringHttpErrors::ofWebClient,
            "com.openai.errors.OpenAIServiceException", SpringAiErrors::ofOpenAi,
            "com.anthropic.errors.AnthropicServiceException", failure -> ofAnswer(statusOf(failure), null));

    private SpringAiErrors() {}

    /** {@return what {@code failure} itself says, without its causes}; null where it says nothing */
    public static @Nullable ErrorType typeOf(@Nullable Throwable failure) {
        if (failure == null) {
            return null;
        }
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            Function<Throwable, @Nullable ErrorType> reader = BY_CLASS.get(type.getName());
            if (reader != null) {
                return Foreign.ask(reader, failure);
            }
        }
        return null;
    }

    private static @Nullable ErrorType ofOpenAi(Throwable failure) {
        Optional<?> code = (Optional<?>) said(failure, "code");
        return ofAnswer(statusOf(failure), (String) code.orElse(null));
    }

    /** An error in mid-stream comes with the status of the answer that had begun, which was no error. */
    private static @Nullable ErrorType ofAnswer(int status, @Nullable String code) {
        return status < LEAST_ERROR ? ErrorType.ofCode(code) : ErrorType.ofHttp(status, code);
    }

    private static int statusOf(Throwable failure) {
        return (int) said(failure, "statusCode");
    }

    private static Object said(Throwable failure, String accessor) {
        try {
            Class<?> type = failure.getClass();
            while (!Modifier.isPublic(type.getModifiers())) { // the methods of others are not ours to call
                type = type.getSuperclass();
            }
            return type.getMethod(accessor).invoke(failure);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // says nothing, then
        }
    }
}
