package io.loom.metrics.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final int SIZE = 16 * 1024;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Page page = new Page(out);

    @Test
    void put_piecesThatFit_reachTheStreamWithTheFlush() throws IOException {
        page.put("a=".getBytes(StandardCharsets.US_ASCII));
        page.put(-7L);
        page.put(' ');
        page.put(0.5);
        page.put(' ');
        page.putNanosAsSeconds(1_000_000L);

        assertThat(out.size()).isZero();
        assertThat(page.position()).isEqualTo("a=-7 0.5 0.001".length());
        page.flush();
        assertThat(out).hasToString("a=-7 0.5 0.001");
        assertThat(page.position()).isZero();
    }

    @Test
    void reserve_whatJustFits_keepsWhatIsThere() throws IOException {
        page.put(new byte[SIZE - 10]);
        page.reserve(10);

        assertThat(out.size()).isZero();
        assertThat(page.hasRoom(10)).isTrue();
        assertThat(page.hasRoom(11)).isFalse();
    }

    @Test
    void reserve_whatDoesNotFit_sendsOnWhatIsThere() throws IOException {
        page.put(new byte[SIZE - 10]);
        page.reserve(11);

        assertThat(out.size()).isEqualTo(SIZE - 10);
        assertThat(page.position()).isZero();
        assertThat(page.hasRoom(SIZE)).isTrue();
    }

    @Test
    void reserve_moreThanTheBufferHolds_makesItLonger() throws IOException {
        page.put('<');
        page.reserve(SIZE + 2);
        page.put("x".repeat(SIZE + 1).getBytes(StandardCharsets.US_ASCII));
        page.put('>');
        page.flush();

        assertThat(out).hasToString('<' + "x".repeat(SIZE + 1) + '>');
    }

    @Test
    void put_numbersIntoTheRoomTheyAskFor_areNotCut() throws IOException {
        for (int free = 0; free <= DoubleText.MAX_LENGTH; free++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Page tight = new Page(bytes);
            tight.put("x".repeat(SIZE - free).getBytes(StandardCharsets.US_ASCII));
            tight.reserve(DoubleText.MAX_LENGTH);
            tight.put(Long.MIN_VALUE);
            tight.reserve(DoubleText.MAX_LENGTH);
            tight.put(-Double.MIN_NORMAL);
            tight.reserve(DoubleText.MAX_LENGTH);
            tight.putNanosAsSeconds(Long.MAX_VALUE);
            tight.flush();

            assertThat(bytes.toString(StandardCharsets.US_ASCII))
                    .isEqualTo("x".repeat(SIZE - free)
                            + "-9223372036854775808-2.2250738585072014e-3089223372036.854775807");
        }
    }

    @Test
    void putAgain_ofWhatIsInTheBuffer_repeatsIt() throws IOException {
        page.put("ab,".getBytes(StandardCharsets.US_ASCII));
        page.putAgain(0, 3);
        page.putAgain(1, 2);
        page.flush();

        assertThat(out).hasToString("ab,ab,b,");
    }

    @Test
    void flush_ofNothing_writesNothing() throws IOException {
        page.flush();

        assertThat(out.size()).isZero();
    }
}
