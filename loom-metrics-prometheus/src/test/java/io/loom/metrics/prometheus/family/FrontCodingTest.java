package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FrontCodingTest {
    @Test
    void encode_textsThatShareABeginning_keepsItOnce() {
        byte[] coded = FrontCoding.encode(bytes("genre=\"a\"", "genre=\"ab\"", "genre=\"b\""));

        assertThat(coded).asString(StandardCharsets.UTF_8).isEqualTo("\0\11genre=\"a\"\10\2b\"\7\2b\"");
    }

    @Test
    void encode_numbersOfMoreThanSevenBits_takeMoreBytesTheLowestFirst() {
        String common = "x".repeat(300);

        byte[] coded = FrontCoding.encode(bytes(common, common + 'y'));

        assertThat(coded).startsWith(0, 0xAC, 2).endsWith('x', 0xAC, 2, 1, 'y');
    }

    @Test
    void decode_whatWasEncoded_isTheSame() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            List<byte[]> texts = Stream.generate(() -> anyText(random))
                    .limit(random.nextInt(40))
                    .sorted(Arrays::compareUnsigned)
                    .toList();

            assertThat(FrontCoding.decode(FrontCoding.encode(texts), texts.size()))
                    .containsExactlyElementsOf(texts);
        }
    }

    @Test
    void labels_thatTheWalkHasComeTo_areClosedByABraceAndASpace() {
        Labels labels = new Labels();
        labels.enter(FrontCoding.encode(bytes("a=\"1\"", "a=\"" + "2".repeat(1_000) + '"')));
        byte[] line = new byte[1_010];

        labels.next();
        int end = labels.copyClosedTo(line, 3);
        assertThat(new String(line, 3, end - 3, StandardCharsets.UTF_8)).isEqualTo("a=\"1\"} ");

        labels.next();
        end = labels.copyClosedTo(line, 0);
        assertThat(new String(line, 0, end, StandardCharsets.UTF_8)).isEqualTo("a=\"" + "2".repeat(1_000) + "\"} ");
    }

    @Test
    void labels_ofFamiliesOneAfterTheOther_startTheirLines() {
        Labels labels = new Labels();
        byte[] line = new byte[2_000];
        for (String lineStart : List.of("a_total{", "b".repeat(1_000) + '{', "c{")) {
            labels.begin(lineStart.getBytes(StandardCharsets.UTF_8));
            assertThat(labels.isEmpty()).isTrue();
            labels.enter(FrontCoding.encode(bytes("x=\"1\"", "x=\"2\"")));
            labels.next();
            labels.next();

            int end = labels.copyClosedLineTo(line, 3);
            assertThat(new String(line, 3, end - 3, StandardCharsets.UTF_8)).isEqualTo(lineStart + "x=\"2\"} ");
            end = labels.copyLineTo(line, 0);
            assertThat(new String(line, 0, end, StandardCharsets.UTF_8)).isEqualTo(lineStart + "x=\"2\"");
            end = labels.copyTo(line, 0);
            assertThat(new String(line, 0, end, StandardCharsets.UTF_8)).isEqualTo("x=\"2\"");
            assertThat(labels).hasToString("x=\"2\"");
        }
    }

    /** Few letters, so that much is shared; now and then a long text, or half a character. */
    private static byte[] anyText(SplittableRandom random) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int length = random.nextInt(8) == 0 ? random.nextInt(40_000) : random.nextInt(20);
        for (int i = 0; i < length; i++) {
            text.write(random.nextInt(20) == 0 ? 0xC3 : random.nextInt(i + 1) == 0 ? 'b' : 'a');
        }
        return text.toByteArray();
    }

    private static List<byte[]> bytes(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
