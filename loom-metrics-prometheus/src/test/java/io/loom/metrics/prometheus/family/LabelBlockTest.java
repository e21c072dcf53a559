package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelBlockTest {
    @Test
    void encode_noLabels_isEmpty() {
        assertThat(LabelBlock.encode(List.of())).isEmpty();
    }

    @Test
    void encode_severalLabels_keepsTheirOrder() {
        assertThat(encode(List.of(Map.entry("status", "200"), Map.entry("method", "GET"))))
                .isEqualTo("status=\"200\",method=\"GET\"");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    a\\b,       a\\\\b
                    a"b,        a\\"b
                    \\",        \\\\\\"
                    \\n,        \\\\n
                    奇幻,       奇幻
                    dragon 🐉,  dragon 🐉
                    {id}/a=b,   {id}/a=b
                    """)
    void encode_valueWithSpecialCharacters_escapesBackslashAndQuoteOnly(String value, String encoded) {
        assertThat(encode(List.of(Map.entry("genre", value)))).isEqualTo("genre=\"" + encoded + '"');
    }

    @Test
    void encode_valueWithLineFeeds_escapesThem() {
        assertThat(encode(List.of(Map.entry("genre", "\na\n\nb\n")))).isEqualTo("genre=\"\\na\\n\\nb\\n\"");
    }

    @Test
    void encode_controlCharacters_areKeptAndHalfCharactersAreNot() {
        assertThat(encode(List.of(Map.entry("genre", "a\0b\r\t\u007f")))).isEqualTo("genre=\"a\0b\r\t\u007f\"");
        assertThat(encode(List.of(Map.entry("genre", "a\uD83Db\uDC09")))).isEqualTo("genre=\"a?b?\"");
    }

    @Test
    void encode_emptyValue_isKept() {
        assertThat(encode(List.of(Map.entry("genre", "")))).isEqualTo("genre=\"\"");
    }

    @Test
    void encode_nameThatIsThereTwice_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> encode(List.of(Map.entry("genre", "a"), Map.entry("kind", "b"), Map.entry("genre", "c"))))
                .withMessage("label names must be distinct: genre is there twice");
    }

    @Test
    void decode_whatWasEncoded_isTheSame() {
        List<Map.Entry<String, String>> labels = List.of(
                Map.entry("a", ""),
                Map.entry("b", "\\\"\n\\n{},=\""),
                Map.entry("c", "奇幻 🐉"),
                Map.entry("d", "\",e=\"x"),
                Map.entry("f", "\\"));

        assertThat(LabelBlock.decode(encode(labels))).isEqualTo(labels);
        assertThat(LabelBlock.decode("")).isEmpty();
    }

    private static String encode(List<Map.Entry<String, String>> labels) {
        return new String(LabelBlock.encode(labels), StandardCharsets.UTF_8);
    }
}
