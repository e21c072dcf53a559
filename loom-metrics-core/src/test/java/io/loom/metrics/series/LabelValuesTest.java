package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.OddText;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelValuesTest {
    private static final String EMOJI = "\uD83D\uDE00";

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\r\n", "\u2003"})
    void sanitise_nullOrBlank_isUnknown(String value) {
        assertThat(LabelValues.sanitise(value)).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4", " padded ", "日本語", "quote\" and \\ and \n", EMOJI, "a" + EMOJI + "b", "\u0000"})
    void sanitise_saneValue_isTheSameInstance(String value) {
        assertThat(LabelValues.sanitise(value)).isSameAs(value);
    }

    @Test
    void sanitise_128Units_isTheSameInstance() {
        String value = "x".repeat(128);

        assertThat(LabelValues.sanitise(value)).isSameAs(value);
    }

    @Test
    void sanitise_129Units_isCutAt128() {
        assertThat(LabelValues.sanitise("x".repeat(128) + "y")).isEqualTo("x".repeat(128));
    }

    @Test
    void sanitise_pairAcrossTheCut_losesThePairWhole() {
        assertThat(LabelValues.sanitise("x".repeat(127) + EMOJI)).isEqualTo("x".repeat(127));
    }

    @Test
    void sanitise_pairThatEndsAtTheCut_isKept() {
        assertThat(LabelValues.sanitise("x".repeat(126) + EMOJI + "y")).isEqualTo("x".repeat(126) + EMOJI);
    }

    @ParameterizedTest
    @CsvSource({
        "\uD800, \uFFFD",
        "\uDC00, \uFFFD",
        "\uD800ab, \uFFFDab",
        "ab\uD800, ab\uFFFD",
        "\uDC00ab, \uFFFDab",
        "a\uDC00b, a\uFFFDb",
        "\uDE00\uD83D, \uFFFD\uFFFD",
        "\uD83D\uD83D\uDE00, \uFFFD\uD83D\uDE00",
        "\uD83D\uDE00\uDE00, \uD83D\uDE00\uFFFD",
    })
    void sanitise_loneSurrogate_isReplacedAndPairsAreKept(String value, String expected) {
        assertThat(LabelValues.sanitise(value)).isEqualTo(expected);
    }

    @Test
    void sanitise_randomText_isShortAndLegalUtf16() throws CharacterCodingException {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String value = LabelValues.sanitise(OddText.next(random, 200));

            assertThat(value.length()).isBetween(1, LabelValues.MAX_LENGTH);
            assertThat(StandardCharsets.UTF_8
                            .newEncoder()
                            .encode(CharBuffer.wrap(value))
                            .hasRemaining())
                    .isTrue();
        }
    }
}
