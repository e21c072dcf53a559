package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage.InputTokensDetails;
import dev.langchain4j.model.openai.OpenAiTokenUsage.OutputTokensDetails;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.loom.metrics.llm.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the providers' own classes. */
class LangChain4jUsageTest {
    @Test
    void usage_ofAnyProvider_isTheTwoSums() {
        assertThat(usage(new TokenUsage(120, 300))).isEqualTo(Usage.of(120, 300));
    }

    @Test
    void usage_withACountThatIsNotKnown_isMissing() {
        assertThat(usage(null)).isNull();
        assertThat(usage(new TokenUsage(null, null, 420))).isNull();
        assertThat(usage(new TokenUsage(120, null))).isNull();
        assertThat(usage(new TokenUsage(null, 300))).isNull();
    }

    @Test
    void usage_ofOpenAi_hasItsPartsWithinTheSums() {
        OpenAiTokenUsage said = OpenAiTokenUsage.builder()
                .inputTokenCount(1_000)
                .inputTokensDetails(
                        InputTokensDetails.builder().cachedTokens(800).build())
                .outputTokenCount(300)
                .outputTokensDetails(
                        OutputTokensDetails.builder().reasoningTokens(200).build())
                .build();

        assertThat(usage(said)).isEqualTo(new Usage(1_000, 300, 800, 0, 200));
    }

    @Test
    void usage_ofOpenAi_withoutDetails_isTheTwoSums() {
        OpenAiTokenUsage none = OpenAiTokenUsage.builder()
                .inputTokenCount(1_000)
                .outputTokenCount(300)
                .build();
        OpenAiTokenUsage empty = OpenAiTokenUsage.builder()
                .inputTokenCount(1_000)
                .inputTokensDetails(InputTokensDetails.builder().build())
                .outputTokenCount(300)
                .outputTokensDetails(OutputTokensDetails.builder().build())
                .build();

        assertThat(usage(none)).isEqualTo(Usage.of(1_000, 300));
        assertThat(usage(empty)).isEqualTo(Usage.of(1_000, 300));
    }

    @Test
    void usage_ofAnthropic_addsToThePromptWhatItReportsApart() {
        AnthropicTokenUsage said = AnthropicTokenUsage.builder()
                .inputTokenCount(20)
                .outputTokenCount(300)
                .cacheReadInputTokens(800)
                .cacheCreationInputTokens(180)
                .build();

        assertThat(usage(said)).isEqualTo(new Usage(1_000, 300, 800, 180, 0));
    }

    @Test
    void usage_ofAnthropic_withoutACache_isTheTwoSums() {
        AnthropicTokenUsage said = AnthropicTokenUsage.builder()
                .inputTokenCount(20)
                .outputTokenCount(300)
                .build();

        assertThat(usage(said)).isEqualTo(Usage.of(20, 300));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP",
        "LENGTH, LENGTH",
        "TOOL_EXECUTION, TOOL_CALLS",
        "CONTENT_FILTER, CONTENT_FILTER",
        "OTHER, OTHER",
        ", OTHER"
    })
    void finishReason_isOurs(FinishReason said, io.loom.metrics.llm.FinishReason expected) {
        assertThat(LangChain4jCalls.finishReason(ScriptedChatModel.response(null, said)))
                .isEqualTo(expected);
    }

    private static Usage usage(TokenUsage said) {
        return LangChain4jUsage.of(ScriptedChatModel.response(said, FinishReason.STOP));
    }
}
