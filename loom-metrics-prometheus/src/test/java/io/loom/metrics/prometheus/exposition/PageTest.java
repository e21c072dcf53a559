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
    void put_pieceThatFillsTheBuffer_staysInIt() throws IOException {
        page.put(new byte[SIZE]);

        assertThat(out.size()).isZero();
        assertThat(page.hasRoom(0)).isTrue();
        assertThat(page.hasRoom(1)).isFalse();
    }

    @Test
    void put_pieceThatDoesNotFit_sendsOnWhatIsThere() throws IOException {
        page.put(new byte[SIZE - 1]);
        page.put(new byte[2]);

        assertThat(out.size()).isEqualTo(SIZE - 1);
        assertThat(page.position()).isEqualTo(2);
    }

    @Test
    void put_pieceLongerThanTheBuffer_passesItInOrder() throws IOException {
        page.put('<');
        page.put("x".repeat(SIZE + 1).getBytes(StandardCharsets.US_ASCII));
        page.put('>');
        page.flush();

        assertThat(out).hasToString('<' + "x".repeat(SIZE + 1) + '>');
    }

    @Test
    void put_numbersAtTheVeryEnd_areNotCut() throws IOException {
        for (int free = 0; free <= DoubleText.MAX_LENGTH; free++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Page tight = new Page(bytes);
            tight.put("x".repeat(SIZE - free).getBytes(StandardCharsets.US_ASCII));
            tight.put(Long.MIN_VALUE);
            tight.put(-Double.MIN_NORMAL);
            tight.putNanosAsSeconds(Long.MAX_VALUE);
            tight.flush();

            assertThat(bytes.toString(StandardCharsets.US_ASCII))
                    .isEqualTo("x".repeat(SIZE - free)
                            + "-9223372036854775808-2.2250738585072014e-3089223372036.854775807");
        }
    }

    @Test
    void makeRoom_whereThereIsNone_flushes() throws IOException {
        page.put(new byte[SIZE - 10]);

        assertThat(page.makeRoom(10)).isTrue();
        assertThat(out.size()).isZero();
        assertThat(page.makeRoom(11)).isTrue();
        assertThat(out.size()).isEqualTo(SIZE - 10);
        assertThat(page.makeRoom(SIZE + 1)).isFalse();
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
