package io.loom.metrics.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTableTest {
    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, AUTH",
        "402, QUOTA_EXHAUSTED",
        "403, AUTH",
        "404, MODEL_NOT_FOUND",
        "408, TIMEOUT",
        "413, CONTEXT_LENGTH",
        "418, INVALID_REQUEST",
        "422, INVALID_REQUEST",
        "429, RATE_LIMIT",
        "500, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, OVERLOADED",
        "504, TIMEOUT",
        "529, OVERLOADED",
        "599, SERVER_ERROR",
        "200, OTHER",
        "399, OTHER",
        "600, OTHER",
        "-1, OTHER",
    })
    void ofHttp_status_decidesWhereNoCodeIsKnown(int status, ErrorType expected) {
        assertThat(ErrorType.ofHttp(status, null)).isEqualTo(expected);
        assertThat(ErrorType.ofHttp(status, "something new")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // OpenAI
        "429, insufficient_quota, QUOTA_EXHAUSTED",
        "429, rate_limit_exceeded, RATE_LIMIT",
        "400, context_length_exceeded, CONTEXT_LENGTH",
        "400, content_policy_violation, CONTENT_FILTERED",
        "404, model_not_found, MODEL_NOT_FOUND",
        "401, invalid_api_key, AUTH",
        // Anthropic
        "529, overloaded_error, OVERLOADED",
        "400, invalid_request_error, INVALID_REQUEST",
        "500, api_error, SERVER_ERROR",
        "403, permission_error, AUTH",
        // Google
        "429, RESOURCE_EXHAUSTED, RATE_LIMIT",
        "503, UNAVAILABLE, OVERLOADED",
        "400, FAILED_PRECONDITION, INVALID_REQUEST",
        // Azure
        "404, DeploymentNotFound, MODEL_NOT_FOUND",
        // Bedrock
        "400, ThrottlingException, RATE_LIMIT",
        "424, ModelStreamErrorException, STREAM_INTERRUPTED",
        "408, ModelTimeoutException, TIMEOUT",
    })
    void ofHttp_codeThatIsKnown_decidesBeforeTheStatus(int status, String code, ErrorType expected) {
        assertThat(ErrorType.ofHttp(status, code)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_request_error, AUTH",
        "404, invalid_request_error, MODEL_NOT_FOUND",
        "429, invalid_request_error, RATE_LIMIT",
        "503, server_error, OVERLOADED",
        "504, api_error, TIMEOUT",
        "500, invalid_request_error, INVALID_REQUEST",
        "200, invalid_request_error, INVALID_REQUEST",
        "400, server_error, SERVER_ERROR",
    })
    void ofHttp_codeThatSaysNoMoreThanTheFirstDigit_leavesItToTheStatus(int status, String code, ErrorType expected) {
        assertThat(ErrorType.ofHttp(status, code)).isEqualTo(expected);
    }

    @Test
    void ofCode_inAnyCase_orNull() {
        assertThat(ErrorType.ofCode("Insufficient_Quota")).isEqualTo(ErrorType.QUOTA_EXHAUSTED);
        assertThat(ErrorType.ofCode("something new")).isNull();
        assertThat(ErrorType.ofCode(null)).isNull();
    }

    @Test
    void byClass_subClass_isWhatItsNearestKnownClassIs() {
        assertThat(ErrorTable.byClass(SocketTimeoutException.class)).isEqualTo(ErrorType.TIMEOUT);
        assertThat(ErrorTable.byClass(FileNotFoundException.class)).isEqualTo(ErrorType.NETWORK);
        assertThat(ErrorTable.byClass(IllegalStateException.class)).isNull();
    }

    @Test
    void of_callersFunction_decidesFirstForEachOfTheChain() {
        IOException root = new IOException();
        RuntimeException outer = new RuntimeException(root);

        assertThat(CallEnd.of(outer, each -> root.equals(each) ? ErrorType.BUDGET_EXCEEDED : null))
                .isEqualTo(CallEnd.failed(ErrorType.BUDGET_EXCEEDED));
        assertThat(CallEnd.of(outer, each -> null)).isEqualTo(CallEnd.failed(ErrorType.NETWORK));
    }

    @Test
    void of_callersFunction_thatKnowsACause_decidesBeforeTheOuterClass() {
        IllegalStateException root = new IllegalStateException();
        Exception outer = new TimeoutException();
        outer.initCause(root);

        assertThat(CallEnd.of(outer, each -> root.equals(each) ? ErrorType.BUDGET_EXCEEDED : null))
                .isEqualTo(CallEnd.failed(ErrorType.BUDGET_EXCEEDED));
    }

    @Test
    void of_secondFunction_decidesAfterTheFirstAndBeforeTheClasses() {
        Exception outer = new TimeoutException();
        outer.initCause(new IOException());

        assertThat(CallEnd.of(outer, each -> null, each -> each instanceof IOException ? ErrorType.AUTH : null))
                .isEqualTo(CallEnd.failed(ErrorType.AUTH));
        assertThat(CallEnd.of(
                        outer,
                        each -> each instanceof IOException ? ErrorType.OVERLOADED : null,
                        each -> ErrorType.AUTH))
                .isEqualTo(CallEnd.failed(ErrorType.OVERLOADED));
        assertThat(CallEnd.of(outer, each -> null, each -> null)).isEqualTo(CallEnd.failed(ErrorType.TIMEOUT));
    }

    @Test
    void of_whatLiesBehindACancellation_decidesNothing() {
        Exception cancelled = new CancellationException();
        cancelled.initCause(new IOException());

        assertThat(CallEnd.of(cancelled, each -> each instanceof IOException ? ErrorType.AUTH : null))
                .isSameAs(CallEnd.CANCELLED);
    }
}
