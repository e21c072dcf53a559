package io.loom.metrics.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.LabelBlock;
import io.loom.metrics.prometheus.family.Shown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextRendererTest {
    private static final byte[] NO_LABELS = {};
    private static final byte[] GENRE = LabelBlock.encode(List.of(Map.entry("genre", "奇幻")));

    private final Families families = new Families();

    @Test
    void render_noFamilies_isAnEmptyPage() throws IOException {
        assertThat(render()).isEmpty();
    }

    @Test
    void render_counter_namesEveryLineWithTotal() throws IOException {
        families.add(
                "drafts", FamilyType.COUNTER, "Drafts.", NO_LABELS, Shown.of((labels, to) -> to.sample(labels, 3)));
        families.add("drafts", FamilyType.COUNTER, "Drafts.", GENRE, Shown.of((labels, to) -> to.sample(labels, 2.5)));

        assertThat(render()).isEqualTo("""
                        # HELP drafts_total Drafts.
                        # TYPE drafts_total counter
                        drafts_total 3
                        drafts_total{genre="奇幻"} 2.5
                        """);
    }

    @Test
    void render_countBeyondWhatADoubleHolds_isExact() throws IOException {
        families.add(
                "c", FamilyType.COUNTER, null, NO_LABELS, Shown.of((labels, to) -> to.sample(labels, (1L << 53) + 1)));

        assertThat(render()).isEqualTo("""
                        # TYPE c_total counter
                        c_total 9007199254740993
                        """);
    }

    @Test
    void render_gauge_writesAnyDouble() throws IOException {
        double[] values = {-1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1, 1e21, -0.0};
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            byte[] label = LabelBlock.encode(List.of(Map.entry("i", Integer.toString(i))));
            families.add("g", FamilyType.GAUGE, null, label, Shown.of((labels, to) -> to.sample(labels, value)));
        }

        assertThat(render()).isEqualTo("""
                        # TYPE g gauge
                        g{i="0"} -1
                        g{i="1"} NaN
                        g{i="2"} +Inf
                        g{i="3"} -Inf
                        g{i="4"} 0.1
                        g{i="5"} 1e21
                        g{i="6"} -0
                        """);
    }

    @Test
    void render_info_isAGaugeNamedInfo() throws IOException {
        families.add("build", FamilyType.INFO, "Build.", GENRE, Shown.of((labels, to) -> to.sample(labels, 1)));

        assertThat(render()).isEqualTo("""
                        # HELP build_info Build.
                        # TYPE build_info gauge
                        build_info{genre="奇幻"} 1
                        """);
    }

    @Test
    void render_durations_areExactSeconds() throws IOException {
        families.add(
                "max",
                FamilyType.GAUGE,
                null,
                NO_LABELS,
                Shown.of((labels, to) -> to.sampleNanos(labels, 1_500_000_001L)));

        assertThat(render()).isEqualTo("""
                        # TYPE max gauge
                        max 1.500000001
                        """);
    }

    @Test
    void render_histogramOfDurations_isCumulativeWithTheSumInSeconds() throws IOException {
        HistogramCell cell = new HistogramCell(HistogramLayout.ofNanos(new double[] {5e6, 1e9}, 3, 1));
        cell.recordNanos(5_000_000);
        cell.recordNanos(900_000_000);
        cell.recordNanos(7_000_000_000L);
        addHistogram(NO_LABELS, cell);
        addHistogram(GENRE, cell);

        assertThat(render()).isEqualTo("""
                        # TYPE h histogram
                        h_bucket{le="0.005"} 1
                        h_bucket{le="1.0"} 2
                        h_bucket{le="+Inf"} 3
                        h_count 3
                        h_sum 7.905
                        h_bucket{genre="奇幻",le="0.005"} 1
                        h_bucket{genre="奇幻",le="1.0"} 2
                        h_bucket{genre="奇幻",le="+Inf"} 3
                        h_count{genre="奇幻"} 3
                        h_sum{genre="奇幻"} 7.905
                        """);
    }

    @Test
    void render_histogramOfAmounts_isCumulativeWithTheSumAsItIs() throws IOException {
        HistogramCell cell = new HistogramCell(HistogramLayout.ofAmounts(new double[] {0.25, 50}, 3, 1));
        cell.recordAmount(0.125);
        cell.recordAmount(51);
        addHistogram(NO_LABELS, cell);

        assertThat(render()).isEqualTo("""
                        # TYPE h histogram
                        h_bucket{le="0.25"} 1
                        h_bucket{le="50.0"} 1
                        h_bucket{le="+Inf"} 2
                        h_count 2
                        h_sum 51.125
                        """);
    }

    @Test
    void render_summaries_areCountAndSum() throws IOException {
        HistogramCell cell = new HistogramCell(HistogramLayout.ofNanos(new double[0], 3, 1));
        cell.recordNanos(1_250);
        families.add("a", FamilyType.SUMMARY, null, NO_LABELS, Shown.of((labels, to) -> to.summary(labels, cell)));
        families.add("b", FamilyType.SUMMARY, null, GENRE, Shown.of((labels, to) -> to.summary(labels, 7, 0.5)));

        assertThat(render()).isEqualTo("""
                        # TYPE a summary
                        a_count 1
                        a_sum 0.00000125
                        # TYPE b summary
                        b_count{genre="奇幻"} 7
                        b_sum{genre="奇幻"} 0.5
                        """);
    }

    @Test
    void render_help_escapesBackslashAndLineFeedButNotQuotes() throws IOException {
        families.add(
                "g", FamilyType.GAUGE, "a \\ b\nc \"d\"", NO_LABELS, Shown.of((labels, to) -> to.sample(labels, 1)));

        assertThat(render()).isEqualTo("""
                        # HELP g a \\\\ b\\nc "d"
                        # TYPE g gauge
                        g 1
                        """);
    }

    @Test
    void render_maximum_isReadAtTheTimeOfTheScrape() throws IOException {
        families.add(
                "now", FamilyType.GAUGE, null, NO_LABELS, Shown.of((labels, to) -> to.sample(labels, to.nowNanos())));

        assertThat(render()).isEqualTo("""
                        # TYPE now gauge
                        now 1234567
                        """);
    }

    @Test
    void contentType_ofTheFormat_namesVersionAndCharset() {
        assertThat(TextRenderer.CONTENT_TYPE).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }

    private void addHistogram(byte[] block, HistogramCell cell) {
        BucketTexts texts = new BucketTexts(cell.layout());
        families.add(
                "h", FamilyType.HISTOGRAM, null, block, Shown.of((labels, to) -> to.histogram(labels, cell, texts)));
    }

    private String render() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TextRenderer.render(families, out, 1_234_567);
        return out.toString(StandardCharsets.UTF_8);
    }
}
