package io.loom.metrics.binder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.core.JsonValue;
import com.openai.core.http.Headers;
import com.openai.errors.OpenAIServiceException;
import io.loom.metrics.llm.ErrorType;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
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
    void typeOf_withoutSpringsHttpClients_isNotKnown() throws Exception {
        URL[] others = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("spring-web"))
                .map(SpringAiErrorsTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
            Class<?> errors = loader.loadClass(SpringAiErrors.class.getName());

            assertThatThrownBy(() -> loader.loadClass(RestClientResponseException.class.getName()))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThat(errors.getMethod("typeOf", Throwable.class).invoke(null, new IllegalStateException()))
                    .isNull();
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
        SpringAi spring = new SpringAi();
        assertThatThrownBy(() -> spring.answering(() -> {
                            throw failure;
                        })
                        .call(SpringAi.PROMPT))
                .isSameAs(failure);
        return spring.registry.get("loom.llm.errors").counters().stream()
                .filter(counter -> counter.count() == 1)
                .map(counter -> counter.getId().getTag("error_type"))
                .map(label -> ErrorType.valueOf(label.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(entry, e);
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
