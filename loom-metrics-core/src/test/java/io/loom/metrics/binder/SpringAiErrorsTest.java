package io.loom.metrics.binder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.core.http.Headers;
import com.openai.errors.OpenAIServiceException;
import io.loom.metrics.llm.ErrorType;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** With the real exceptions of Spring's HTTP clients and of OpenAI's. */
class SpringAiErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "400, '', INVALID_REQUEST",
        "402, '', QUOTA_EXHAUSTED",
        "408, no JSON, TIMEOUT",
        "413, '', CONTEXT_LENGTH",
        "429, '', RATE_LIMIT",
        "503, '', OVERLOADED",
        "529, '', OVERLOADED",
        "429, '{\"error\":{\"code\":\"insufficient_quota\"}}', QUOTA_EXHAUSTED",
        "400, '{\"error\":{\"code\":\"context_length_exceeded\"}}', CONTEXT_LENGTH",
    })
    void typeOf_answerToSpringsClients_isWhatCodeAndStatusSay(int status, String body, ErrorType expected) {
        assertThat(SpringAiErrors.typeOf(blocking(status, body))).isEqualTo(expected);
        assertThat(SpringAiErrors.typeOf(reactive(status, body))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "429,, RATE_LIMIT",
        "429, insufficient_quota, QUOTA_EXHAUSTED",
        "400, context_length_exceeded, CONTEXT_LENGTH",
        "503, server_error, OVERLOADED",
        // in mid-stream the status is that of the answer that had begun
        "200, rate_limit_exceeded, RATE_LIMIT",
        "200, a new word,",
    })
    void typeOf_answerToOpenAisClient_isWhatCodeAndStatusSay(int status, String code, ErrorType expected) {
        assertThat(SpringAiErrors.typeOf(new OpenAiAnswer(status, code))).isEqualTo(expected);
    }

    @Test
    void typeOf_anythingElse_isNotKnown() {
        assertThat(SpringAiErrors.typeOf(null)).isNull();
        assertThat(SpringAiErrors.typeOf(new IllegalStateException("429"))).isNull();
    }

    @Test
    void handler_withoutSpringsHttpClients_metersFailuresToo() throws Exception {
        try (HidingLoader loader = HidingLoader.hiding(List.of("org.springframework.web."))) {
            assertThat(errors(loader, FailingService.class)).isEqualTo("other");
        }
    }

    @Test
    void handler_withoutJackson2_goesByTheStatus() throws Exception {
        assertThat(new RefusedService().get()).isEqualTo("quota_exhausted");
        try (HidingLoader loader = HidingLoader.hiding(List.of("com.fasterxml.jackson.databind."))) {
            assertThat(errors(loader, RefusedService.class)).isEqualTo("rate_limit");
        }
    }

    @Test
    void handler_ofAFailedCall_asksTheCallerThenTheStatusThenTheClass() {
        assertThat(typeCounted(new TypedException(ErrorType.BUDGET_EXCEEDED, blocking(529, ""))))
                .isEqualTo(ErrorType.BUDGET_EXCEEDED);
        assertThat(typeCounted(new IllegalStateException(new CompletionException(blocking(529, "")))))
                .isEqualTo(ErrorType.OVERLOADED);
        assertThat(typeCounted(new IllegalStateException(new OpenAiAnswer(200, "a new word"))))
                .isEqualTo(ErrorType.OTHER);
    }

    private static ErrorType typeCounted(RuntimeException failure) {
        return ErrorType.valueOf(new SpringAi().errorOf(failure).toUpperCase(Locale.ROOT));
    }

    private static Object errors(ClassLoader loader, Class<? extends Supplier<String>> service) throws Exception {
        Constructor<?> maker = loader.loadClass(service.getName()).getDeclaredConstructor();
        maker.setAccessible(true); // its package is another one at run time
        return ((Supplier<?>) maker.newInstance()).get();
    }

    /** Loaded once more where libraries are hidden, as the next one is. */
    static final class FailingService implements Supplier<String> {
        FailingService() {}

        @Override
        public String get() {
            return new SpringAi().errorOf(new IllegalStateException());
        }
    }

    static final class RefusedService implements Supplier<String> {
        RefusedService() {}

        @Override
        public String get() {
            return new SpringAi().errorOf(blocking(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"));
        }
    }

    private static RestClientResponseException blocking(int status, String body) {
        HttpStatusCode code = HttpStatusCode.valueOf(status);
        return code.is4xxClientError()
                ? HttpClientErrorException.create(code, "", new HttpHeaders(), body.getBytes(UTF_8), UTF_8)
                : HttpServerErrorException.create(code, "", new HttpHeaders(), body.getBytes(UTF_8), UTF_8);
    }

    private static WebClientResponseException reactive(int status, String body) {
        return WebClientResponseException.create(
                HttpStatusCode.valueOf(status), "", new HttpHeaders(), body.getBytes(UTF_8), UTF_8, null);
    }

    /** What each of the client's exceptions is; those themselves need all of its libraries to be made. */
    private static final class OpenAiAnswer extends OpenAIServiceException {
        private static final long serialVersionUID = 1;

        private final int status;
        private final String code;

        OpenAiAnswer(int status, String code) {
            super("an answer", null);
            this.status = status;
            this.code = code;
        }

        @Override
        public int statusCode() {
            return status;
        }

        @Override
        public Optional<String> code() {
            return Optional.ofNullable(code);
        }

        @Override
        public Headers headers() {
            throw new AssertionError("not asked for");
        }

        @Override
        public JsonValue body() {
            throw new AssertionError("not asked for");
        }

        @Override
        public Optional<String> param() {
            return Optional.empty();
        }

        @Override
        public Optional<String> type() {
            return Optional.empty();
        }
    }
}
