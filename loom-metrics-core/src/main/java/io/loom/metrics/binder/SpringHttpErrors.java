package io.loom.metrics.binder;

import io.loom.metrics.llm.ErrorType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** What Spring's HTTP clients say of an answer that is an error. Only loaded where there is one. */
final class SpringHttpErrors {
    private SpringHttpErrors() {}

    static ErrorType ofRestClient(Throwable failure) {
        RestClientResponseException answer = (RestClientResponseException) failure;
        return ofAnswer(answer.getStatusCode().value(), answer.getResponseBodyAsString());
    }

    static ErrorType ofWebClient(Throwable failure) {
        WebClientResponseException answer = (WebClientResponseException) failure;
        return ofAnswer(answer.getStatusCode().value(), answer.getResponseBodyAsString());
    }

    /** The code is read where there is a Jackson 2 to read it; Spring AI itself has a Jackson 3. */
    private static ErrorType ofAnswer(int status, @Nullable String body) {
        return ErrorType.ofHttp(status, body == null ? null : Foreign.ask(ErrorBody::code, body));
    }
}
