package io.loom.metrics.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.llm.ErrorType.Fault;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorTypeTest {
    @Test
    void closedSet_asAWhole_isTheContract() {
        String set = Arrays.stream(ErrorType.values())
                .map(type -> type.label() + (type.retryable() ? " retryable " : " final ") + type.fault() + "\n")
                .collect(Collectors.joining());

        assertThat(set).isEqualTo("""
                        timeout retryable PROVIDER
                        rate_limit retryable CLIENT
                        quota_exhausted final CLIENT
                        overloaded retryable PROVIDER
                        server_error retryable PROVIDER
                        network retryable PROVIDER
                        auth final CLIENT
                        invalid_request final CLIENT
                        context_length final CLIENT
                        content_filtered final CLIENT
                        model_not_found final CLIENT
                        invalid_response retryable PROVIDER
                        stream_interrupted retryable PROVIDER
                        budget_exceeded final US
                        circuit_open retryable US
                        other final US
                        """);
    }

    @Test
    void fault_asAWhole_isAClosedSet() {
        assertThat(Fault.values()).containsExactly(Fault.CLIENT, Fault.PROVIDER, Fault.US);
    }
}
