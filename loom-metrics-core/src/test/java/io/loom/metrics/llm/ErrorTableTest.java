package io.loom.metrics.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
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
}
