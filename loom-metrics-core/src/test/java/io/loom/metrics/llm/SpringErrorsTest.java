package io.loom.metrics.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** With the real exceptions of Spring's HTTP clients, as the clients make them. */
class SpringErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, AUTH",
        "403, AUTH",
        "404, MODEL_NOT_FOUND",
        "422, INVALID_REQUEST",
        "429, RATE_LIMIT",
        "500, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, OVERLOADED",
        "504, TIMEOUT",
    })
    void of_statusThatHasAClass_isWhatTheStatusIs(int status, ErrorType expected) {
        assertThat(ErrorType.ofHttp(status, null)).isEqualTo(expected);
        assertThat(CallEnd.of(blocking(status))).isEqualTo(CallEnd.failed(expected));
        assertThat(CallEnd.of(new CompletionException(reactive(status)))).isEqualTo(CallEnd.failed(expected));
    }

    @Test
    void of_statusWithoutAClass_isNotGuessed() {
        assertThat(CallEnd.of(blocking(402))).isEqualTo(CallEnd.failed(ErrorType.OTHER));
        assertThat(CallEnd.of(reactive(402))).isEqualTo(CallEnd.failed(ErrorType.OTHER));
        assertThat(CallEnd.of(blocking(529))).isEqualTo(CallEnd.failed(ErrorType.SERVER_ERROR));
    }

    @Test
    void of_noAnswer_isWhatTheCauseKnows() {
        assertThat(CallEnd.of(new ResourceAccessException("I/O error", new ConnectException())))
                .isEqualTo(CallEnd.failed(ErrorType.NETWORK));
        assertThat(CallEnd.of(new ResourceAccessException("I/O error", new SocketTimeoutException())))
                .isEqualTo(CallEnd.failed(ErrorType.TIMEOUT));
        assertThat(CallEnd.of(noAnswer(new IOException()))).isEqualTo(CallEnd.failed(ErrorType.NETWORK));
        assertThat(CallEnd.of(noAnswer(new SocketTimeoutException()))).isEqualTo(CallEnd.failed(ErrorType.TIMEOUT));
        assertThat(CallEnd.of(noAnswer(new IllegalStateException()))).isEqualTo(CallEnd.failed(ErrorType.NETWORK));
    }

    private static RuntimeException blocking(int status) {
        HttpStatusCode code = HttpStatusCode.valueOf(status);
        return code.is4xxClientError()
                ? HttpClientErrorException.create(code, text(code), new HttpHeaders(), new byte[0], UTF_8)
                : HttpServerErrorException.create(code, text(code), new HttpHeaders(), new byte[0], UTF_8);
    }

    private static RuntimeException reactive(int status) {
        HttpStatusCode code = HttpStatusCode.valueOf(status);
        return WebClientResponseException.create(code, text(code), new HttpHeaders(), new byte[0], UTF_8, null);
    }

    private static RuntimeException noAnswer(Exception cause) {
        return new WebClientRequestException(cause, HttpMethod.POST, URI.create("http://model"), new HttpHeaders());
    }

    private static String text(HttpStatusCode code) {
        return code instanceof HttpStatus known ? known.getReasonPhrase() : "";
    }
}
