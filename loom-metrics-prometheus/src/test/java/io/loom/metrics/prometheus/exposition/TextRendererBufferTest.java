package io.loom.metrics.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.Shown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the page does not fit the 16 KiB buffer: it must read the same as if there were none. */
class TextRendererBufferTest {
    private static final int BUFFER = 16 * 1024;
    private static final double[] MANY_BOUNDS =
            IntStream.range(1, 17).mapToDouble(i -> i * 5e6).toArray();
    private static final double[] FEW_BOUNDS = {5e6, 1e9};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);

    /** From where all of it still fits, to where none of it does. */
    @Test
    void render_histogramAtEveryOffsetFromTheEndOfTheBuffer_readsTheSame() throws IOException {
        for (int offset = BUFFER - 1_200; offset <= BUFFER + 50; offset++) {
            Families families = new Families();
            addGauge(families, "a", offset);
            addHistogram(families, MANY_BOUNDS, 20);

            assertReadsTheSame(families, offset);
        }
    }

    @Test
    void render_labelsOfEveryLengthUpToALine_readTheSame() throws IOException {
        for (int length = 0; length <= 1_200; length++) {
            Families families = new Families();
            addHistogram(families, MANY_BOUNDS, length);

            assertReadsTheSame(families, length);
        }
    }

    @Test
    void render_labelsAboutAsLongAsTheBuffer_readTheSame() throws IOException {
        IntStream lengths = IntStream.concat(
                IntStream.rangeClosed(BUFFER - 120, BUFFER + 20),
                IntStream.of(2_500, BUFFER / 2 - 50, BUFFER / 2, 3 * BUFFER / 4, 20_000, 2 * BUFFER, 40_000));
        for (int length : lengths.toArray()) {
            Families families = new Families();
            addGauge(families, "a", length);
            addHistogram(families, FEW_BOUNDS, length);
            addGauge(families, "z", length);

            assertReadsTheSame(families, length);
        }
    }

    @Test
    void render_helpLongerThanTheBuffer_readsTheSame() throws IOException {
        Families families = new Families();
        String help = "h".repeat(BUFFER + 1);
        families.add("a", FamilyType.GAUGE, help, new byte[0], Shown.of((labels, to) -> to.sample(labels, 1)));
        families.add("b", FamilyType.GAUGE, help, new byte[0], Shown.of((labels, to) -> to.sample(labels, 1)));

        assertReadsTheSame(families, 0);
    }

    @Test
    void render_pageOfManyBuffers_readsTheSame() throws IOException {
        Families families = new Families();
        for (int i = 0; i < 3_000; i++) {
            addGauge(families, "g" + i, i % 97);
        }
        addHistogram(families, MANY_BOUNDS, 33);

        assertReadsTheSame(families, 0);
        assertThat(out.size()).isGreaterThan(6 * BUFFER);
    }

    @Test
    void render_samplesThatThrowInAPageOfManyBuffers_costTheirOwnLinesOnly() throws IOException {
        Families families = new Families();
        for (int i = 0; i < 1_000; i++) {
            addGauge(families, "g" + i, i % 97);
            families.add("g" + i, FamilyType.GAUGE, null, labels(100), Shown.of((labels, to) -> {
                throw new IllegalStateException("a foreign function");
            }));
        }

        assertReadsTheSame(families, 0);
        assertThat(TextPage.parse(out.toString(StandardCharsets.UTF_8)).samples())
                .hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void render_streamThatFails_throwsItsExceptionAndWritesNoMore(int goodWrites) {
        Families families = new Families();
        for (int i = 0; i < 2_000; i++) {
            addGauge(families, "g" + i, 30);
        }
        IOException broken = new IOException("broken pipe");
        int[] writes = new int[1];
        OutputStream fails = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("the page is written in blocks");
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (writes[0]++ == goodWrites) {
                    throw broken;
                }
            }
        };

        assertThatThrownBy(() -> TextRenderer.render(families, fails, 0)).isSameAs(broken);
        assertThat(writes[0]).isEqualTo(goodWrites + 1);
    }

    @Test
    void render_stream_isNeitherFlushedNorClosed() throws IOException {
        Families families = new Families();
        addHistogram(families, FEW_BOUNDS, 10);
        OutputStream watched = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                throw new AssertionError("flushed");
            }

            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        TextRenderer.render(families, watched, 0);

        assertThat(watched.toString()).startsWith("# HELP h Help.\n").endsWith("\n");
    }

    private void assertReadsTheSame(Families families, int variant) throws IOException {
        out.reset();
        TextRenderer.render(families, out, 0);
        byte[] expected = NaiveRenderer.render(families, 0);
        if (!Arrays.equals(out.toByteArray(), expected)) {
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .as("variant %d", variant)
                    .isEqualTo(new String(expected, StandardCharsets.UTF_8));
        }
    }

    private static void addGauge(Families families, String name, int length) {
        families.add(name, FamilyType.GAUGE, null, labels(length), Shown.of((labels, to) -> to.sample(labels, length)));
    }

    private static void addHistogram(Families families, double[] bounds, int length) {
        HistogramCell cell = new HistogramCell(HistogramLayout.ofNanos(bounds, 3, 1));
        for (long nanos = 1; nanos < 100_000_000_000L; nanos *= 3) {
            cell.recordNanos(nanos);
        }
        BucketTexts texts = new BucketTexts(cell.layout());
        families.add(
                "h", FamilyType.HISTOGRAM, "Help.", labels(length), Shown.of((l, to) -> to.histogram(l, cell, texts)));
    }

    /** A block of exactly so many bytes, where it is long enough to have a label at all. */
    private static byte[] labels(int length) {
        return length < 4 ? new byte[0] : ("k=\"" + "v".repeat(length - 4) + '"').getBytes(StandardCharsets.US_ASCII);
    }
}
