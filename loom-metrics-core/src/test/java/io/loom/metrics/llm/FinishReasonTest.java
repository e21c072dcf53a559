package io.loom.metrics.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinishReasonTest {
    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "end_turn, STOP",
        "STOP, STOP",
        "length, LENGTH",
        "max_tokens, LENGTH",
        "MAX_TOKENS, LENGTH",
        "tool_calls, TOOL_CALLS",
        "tool_use, TOOL_CALLS",
        "TOOL_EXECUTION, TOOL_CALLS",
        "content_filter, CONTENT_FILTER",
        "refusal, CONTENT_FILTER",
        "SAFETY, CONTENT_FILTER",
        "something new, OTHER",
        "'', OTHER",
    })
    void of_wordOfAProvider_isTheReasonBehindIt(String word, FinishReason expected) {
        assertThat(FinishReason.of(word)).isEqualTo(expected);
    }

    @Test
    void of_null_isOther() {
        assertThat(FinishReason.of(null)).isEqualTo(FinishReason.OTHER);
    }
}
