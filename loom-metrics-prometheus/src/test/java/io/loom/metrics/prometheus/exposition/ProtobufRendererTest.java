package io.loom.metrics.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.cell.Exemplar;
import io.loom.metrics.prometheus.cell.Exemplars;
import io.loom.metrics.prometheus.cell.ExponentialCell;
import io.loom.metrics.prometheus.cell.ExponentialLayout;
import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.exposition.TextPage.Family;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.LabelBlock;
import io.loom.metrics.prometheus.family.Shown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtobufRendererTest {
    private static final byte[] NO_LABELS = {};
    private static final int MAX_WRITE = 20 * 1024;

    private final Families families = new Families();

    @Test
    void render_noFamilies_isAnEmptyPage() throws IOException {
        assertThat(render()).isEmpty();
    }

    @Test
    void render_familyWithoutSamples_isNotThere() throws IOException {
        families.add("failing", FamilyType.GAUGE, "Fails.", NO_LABELS, Shown.of((labels, to) -> {
            throw new IllegalStateException("a test");
        }));
        families.add("g", FamilyType.GAUGE, null, NO_LABELS, Shown.of((labels, to) -> to.sample(labels, 1)));

        assertThat(page().families()).containsOnlyKeys("g");
    }

    @Test
    void render_gauge_keepsEveryBitOfADouble() throws IOException {
        double[] values = {
            0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE
        };
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            families.add(
                    "g",
                    FamilyType.GAUGE,
                    null,
                    label("i", "" + i),
                    Shown.of((labels, to) -> to.sample(labels, value)));
        }

        ProtobufPage page = page();
        for (int i = 0; i < values.length; i++) {
            assertThat(Double.doubleToRawLongBits(page.value("g", "i", "" + i)))
                    .isEqualTo(Double.doubleToRawLongBits(values[i]));
        }
    }

    @Test
    void render_durations_areTheDoublesClosestToTheirSeconds() throws IOException {
        long[] nanos = {0, 1, 999_999_999, (1L << 53) + 1, 9_007_199_254_740_995L, Long.MAX_VALUE};
        for (long each : nanos) {
            families.add(
                    "g",
                    FamilyType.GAUGE,
                    null,
                    label("nanos", "" + each),
                    Shown.of((labels, to) -> to.sampleNanos(labels, each)));
        }

        ProtobufPage page = page();
        for (long each : nanos) {
            double expected = new BigDecimal(each).movePointLeft(9).doubleValue();
            assertThat(page.value("g", "nanos", "" + each)).isEqualTo(expected);
        }
    }

    @Test
    void render_helpAndLabels_areNotEscaped() throws IOException {
        String text = "a\\b\n\"c\" {d=\"e\",} \\n \\\\ 龙 \0";
        byte[] labels = LabelBlock.encode(List.of(Map.entry("a", text), Map.entry("b", ""), Map.entry("c", "\\")));
        families.add("g", FamilyType.GAUGE, text, labels, Shown.of((shown, to) -> to.sample(shown, 1)));

        ProtobufPage page = page();
        assertThat(page.families()).containsOnly(Map.entry("g", new Family("g", "GAUGE", text)));
        assertThat(page.value("g", "a", text, "b", "", "c", "\\")).isEqualTo(1);
    }

    @Test
    void render_gaugeHistogram_isGaugesNamedAsInTheText() throws IOException {
        families.add(
                "tasks",
                FamilyType.GAUGE_HISTOGRAM,
                null,
                label("a", "b"),
                Shown.of((labels, to) ->
                        to.gaugeHistogram(labels, new double[] {0.5, Double.POSITIVE_INFINITY}, new long[] {1, 3}, 2)));

        ProtobufPage page = page();
        assertThat(page.families()).containsOnly(Map.entry("tasks_bucket", new Family("tasks_bucket", "GAUGE", null)));
        assertThat(page.value("tasks_bucket", "a", "b", "le", "0.5")).isEqualTo(1);
        assertThat(page.value("tasks_bucket", "a", "b", "le", "+Inf")).isEqualTo(3);
    }

    @Test
    void render_quantilesWhoseSummaryFails_areNotThoseOfTheNext() throws IOException {
        families.add("a", FamilyType.SUMMARY, null, NO_LABELS, Shown.of((labels, to) -> {
            to.quantile(labels, 0.5, 1);
            throw new IllegalStateException("a test");
        }));
        families.add("b", FamilyType.SUMMARY, null, NO_LABELS, Shown.of((labels, to) -> to.summary(labels, 1, 2)));

        assertThat(page().samples()).containsOnlyKeys(TextPage.Series.of("b_count"), TextPage.Series.of("b_sum"));
    }

    /** As if a value were recorded while the page is written: between the two cells. */
    @Test
    void render_nativeHistogramWhoseBucketsRunAhead_countsWhatItsExponentialBucketsHave() throws IOException {
        BucketTexts buckets = new BucketTexts(HistogramLayout.ofAmounts(new double[] {1, 2}, 1, 1));
        HistogramCell cell = new HistogramCell(buckets.layout());
        ExponentialCell exponential = new ExponentialCell(new ExponentialLayout(0, 160));
        cell.recordAmount(1);
        exponential.record(1);
        cell.recordAmount(0.5);
        families.add(
                "h",
                FamilyType.HISTOGRAM,
                null,
                NO_LABELS,
                Shown.of((labels, to) -> to.nativeHistogram(labels, cell, buckets, exponential)));

        ProtobufPage page = page();
        assertThat(page.value("h_count")).isEqualTo(1);
        assertThat(page.value("h_bucket", "le", "1.0")).isEqualTo(1);
        assertThat(page.exponential("h").buckets()).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void render_bucketsWithGaps_haveSpansOverSmallOnesOnly() throws IOException {
        BucketTexts none = new BucketTexts(HistogramLayout.ofAmounts(new double[] {}, 1, 1));
        ExponentialCell exponential = new ExponentialCell(new ExponentialLayout(0, 160));
        for (int exponent : new int[] {-5, -4, -4, -1, 3, 3, 3}) {
            exponential.record(Math.scalb(1.0, exponent));
        }
        families.add(
                "h",
                FamilyType.NATIVE_HISTOGRAM,
                null,
                NO_LABELS,
                Shown.of((labels, to) ->
                        to.nativeHistogram(labels, new HistogramCell(none.layout()), none, exponential)));

        ProtobufPage page = page();
        assertThat(page.exponential("h").buckets()).isEqualTo(Map.of(-5, 1L, -4, 2L, -1, 1L, 3, 3L));
        assertThat(page.text()).containsSubsequence("offset: -5", "length: 5", "offset: 3", "length: 1");
    }

    @Test
    void render_exemplarOfAClockBeforeTheEpoch_hasSecondsBelowZeroAndNanosAbove() throws IOException {
        Exemplars exemplars = new Exemplars(1);
        exemplars.replace(0, null, new Exemplar("t", "s", -0.0, -1));
        families.add("c", FamilyType.COUNTER, null, NO_LABELS, Shown.of((labels, to) -> {
            to.exemplars(exemplars);
            to.sample(labels, 1);
        }));

        assertThat(page().text()).contains("value: -0.0", "seconds: -1", "nanos: 999000000");
    }

    @Test
    void render_seriesThatFailsAfterItsExemplars_leavesNoneToTheNextFamily() throws IOException {
        Exemplars exemplars = new Exemplars(1);
        exemplars.replace(0, null, new Exemplar("t", "s", 1, 1));
        families.add("a", FamilyType.COUNTER, null, NO_LABELS, Shown.of((labels, to) -> {
            to.exemplars(exemplars);
            throw new IllegalStateException("a test");
        }));
        families.add("b", FamilyType.COUNTER, null, NO_LABELS, Shown.of((labels, to) -> to.sample(labels, 1)));

        assertThat(page().samples()).containsOnlyKeys(TextPage.Series.of("b_total"));
        assertThat(page().exemplars()).isEmpty();
    }

    @Test
    void render_familyOfManySeries_comesInPartsOfBoundedSize() throws IOException {
        int series = 10_000;
        for (int i = 0; i < series; i++) {
            int value = i;
            families.add(
                    "c",
                    FamilyType.COUNTER,
                    "Many.",
                    label("i", "" + i),
                    Shown.of((labels, to) -> to.sample(labels, value)));
        }
        Writes writes = new Writes();
        ProtobufRenderer.render(families, writes, 0);

        ProtobufPage page = ProtobufPage.parse(writes.all.toByteArray());
        assertThat(page.samples()).hasSize(series);
        assertThat(page.families()).hasSize(1);
        assertThat(page.messages()).isBetween(10, 200);
        assertThat(writes.largest).isLessThan(MAX_WRITE);
    }

    @Test
    void render_streamThatFails_failsAsAnIoException() {
        families.add("g", FamilyType.GAUGE, null, NO_LABELS, Shown.of((labels, to) -> to.sample(labels, 1)));
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int b) {
                throw new IllegalStateException("a test");
            }
        };

        assertThatThrownBy(() -> ProtobufRenderer.render(families, failing, 0))
                .isInstanceOf(IOException.class)
                .hasMessage("the page's stream failed");
    }

    private ProtobufPage page() throws IOException {
        return ProtobufPage.parse(render());
    }

    private byte[] render() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        ProtobufRenderer.render(families, page, 0);
        return page.toByteArray();
    }

    private static byte[] label(String name, String value) {
        return LabelBlock.encode(List.of(Map.entry(name, value)));
    }

    private static final class Writes extends OutputStream {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private int largest;

        @Override
        public void write(int b) {
            all.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            largest = Math.max(largest, length);
            all.write(bytes, from, length);
        }
    }
}
