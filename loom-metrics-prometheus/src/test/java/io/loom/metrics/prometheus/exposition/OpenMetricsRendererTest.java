package io.loom.metrics.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.cell.Exemplar;
import io.loom.metrics.prometheus.cell.Exemplars;
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

class OpenMetricsRendererTest {
    private static final byte[] NO_LABELS = {};
    private static final byte[] GENRE = LabelBlock.encode(List.of(Map.entry("genre", "奇幻")));

    private final Families families = new Families();

    @Test
    void render_noFamilies_isTheEndAlone() throws IOException {
        assertThat(render()).isEqualTo("# EOF\n");
    }

    @Test
    void render_counter_isNamedWithoutTotalAndItsSamplesWith() throws IOException {
        families.add(
                "cost_usd",
                FamilyType.COUNTER,
                "Cost \\ \"list\"\nprice.",
                "usd",
                NO_LABELS,
                Shown.of((labels, to) -> to.sample(labels, 3)));
        families.add("cost_usd", FamilyType.COUNTER, null, GENRE, Shown.of((labels, to) -> to.sample(labels, 2.5)));

        assertThat(render()).isEqualTo("""
                        # TYPE cost_usd counter
                        # UNIT cost_usd usd
                        # HELP cost_usd Cost \\\\ \\"list\\"\\nprice.
                        cost_usd_total 3
                        cost_usd_total{genre="奇幻"} 2.5
                        # EOF
                        """);
    }

    @Test
    void render_counterThatIsNoCounter_hasNoLine() throws IOException {
        double[] values = {-1, Double.NaN, Double.NEGATIVE_INFINITY, 0};
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            families.add("c", FamilyType.COUNTER, null, label(i), Shown.of((labels, to) -> to.sample(labels, value)));
        }

        assertThat(render()).isEqualTo("""
                        # TYPE c counter
                        c_total{i="3"} 0
                        # EOF
                        """);
    }

    @Test
    void render_gaugeAndInfo_areNamedByTheirTypes() throws IOException {
        families.add("build", FamilyType.INFO, "Build.", GENRE, Shown.of((labels, to) -> to.sample(labels, 1)));
        families.add("g", FamilyType.GAUGE, null, NO_LABELS, Shown.of((labels, to) -> to.sample(labels, -0.5)));
        families.add("now", FamilyType.GAUGE, null, NO_LABELS, Shown.of((l, to) -> to.sampleNanos(l, to.nowNanos())));

        assertThat(render()).isEqualTo("""
                        # TYPE build info
                        # HELP build Build.
                        build_info{genre="奇幻"} 1
                        # TYPE g gauge
                        g -0.5
                        # TYPE now gauge
                        now 0.001234567
                        # EOF
                        """);
    }

    @Test
    void render_gaugeHistogram_hasCountAndSumOfItsOwnAndNoFamiliesForThem() throws IOException {
        double[] bounds = {1, Double.POSITIVE_INFINITY};
        families.add(
                "h",
                FamilyType.GAUGE_HISTOGRAM,
                null,
                GENRE,
                Shown.of((labels, to) -> to.gaugeHistogram(labels, bounds, new long[] {2, 3}, 4.5)));
        families.add("h_gcount", FamilyType.GAUGE_HISTOGRAM_PART, null, GENRE, Shown.of((l, to) -> to.sample(l, 3)));
        families.add("h_gsum", FamilyType.GAUGE_HISTOGRAM_PART, null, GENRE, Shown.of((l, to) -> to.sample(l, 4.5)));

        assertThat(render()).isEqualTo("""
                        # TYPE h gaugehistogram
                        h_bucket{genre="奇幻",le="1.0"} 2
                        h_bucket{genre="奇幻",le="+Inf"} 3
                        h_gcount{genre="奇幻"} 3
                        h_gsum{genre="奇幻"} 4.5
                        # EOF
                        """);
    }

    @Test
    void render_summaries_haveQuantilesCountAndSumUnlessTheyCannot() throws IOException {
        families.add("a", FamilyType.SUMMARY, null, GENRE, Shown.of((labels, to) -> {
            to.quantile(labels, 0.5, 0.25);
            to.summary(labels, 7, 0.5);
        }));
        double[] sums = {-1, Double.NaN, 1};
        for (int i = 0; i < sums.length; i++) {
            double sum = sums[i];
            families.add("b", FamilyType.SUMMARY, null, label(i), Shown.of((l, to) -> to.summary(l, 1, sum)));
        }
        families.add("b", FamilyType.SUMMARY, null, label(3), Shown.of((l, to) -> to.summary(l, -1, 1)));

        assertThat(render()).isEqualTo("""
                        # TYPE a summary
                        a{genre="奇幻",quantile="0.5"} 0.25
                        a_count{genre="奇幻"} 7
                        a_sum{genre="奇幻"} 0.5
                        # TYPE b summary
                        b_count{i="2"} 1
                        b_sum{i="2"} 1
                        # EOF
                        """);
    }

    @Test
    void render_exemplars_areAtTheEndOfTheirLines() throws IOException {
        HistogramCell cell = cell();
        BucketTexts texts = new BucketTexts(cell.layout());
        Exemplars ofBuckets = new Exemplars(3);
        ofBuckets.replace(1, null, new Exemplar("4bf92f3577b34da6", "00f067aa0ba902b7", 0.9, 1_520_879_607_789L));
        Exemplars ofCounter = new Exemplars(1);
        ofCounter.replace(0, null, new Exemplar("t", "s", 1, 5_000));
        families.add("c", FamilyType.COUNTER, null, NO_LABELS, Shown.of((labels, to) -> {
            to.exemplars(ofCounter);
            to.sample(labels, 2);
        }));
        families.add("c", FamilyType.COUNTER, null, GENRE, Shown.of((labels, to) -> to.sample(labels, 3)));
        families.add("h", FamilyType.HISTOGRAM, null, GENRE, Shown.of((labels, to) -> {
            to.exemplars(ofBuckets);
            to.histogram(labels, cell, texts);
        }));

        assertThat(render()).isEqualTo("""
                        # TYPE c counter
                        c_total 2 # {trace_id="t",span_id="s"} 1 5
                        c_total{genre="奇幻"} 3
                        # TYPE h histogram
                        h_bucket{genre="奇幻",le="0.005"} 1
                        h_bucket{genre="奇幻",le="1.0"} 2 # {trace_id="4bf92f3577b34da6",span_id="00f067aa0ba902b7"} 0.9 1520879607.789
                        h_bucket{genre="奇幻",le="+Inf"} 3
                        h_count{genre="奇幻"} 3
                        h_sum{genre="奇幻"} 7.905
                        # EOF
                        """);
    }

    @Test
    void render_timesOfCreation_areBehindTheSamplesOfTheirSeries() throws IOException {
        HistogramCell cell = cell();
        BucketTexts texts = new BucketTexts(cell.layout());
        families.add("c", FamilyType.COUNTER, null, NO_LABELS, Shown.of((labels, to) -> {
            to.created(1_520_430_000_123L);
            to.sample(labels, 2);
        }));
        families.add("c", FamilyType.COUNTER, null, GENRE, Shown.of((labels, to) -> to.sample(labels, 3)));
        families.add("h", FamilyType.HISTOGRAM, null, GENRE, Shown.of((labels, to) -> {
            to.created(5_000);
            to.histogram(labels, cell, texts);
        }));
        families.add("s", FamilyType.SUMMARY, null, NO_LABELS, Shown.of((labels, to) -> {
            to.created(0);
            to.summary(labels, cell);
        }));

        assertThat(render()).isEqualTo("""
                        # TYPE c counter
                        c_total 2
                        c_created 1520430000.123
                        c_total{genre="奇幻"} 3
                        # TYPE h histogram
                        h_bucket{genre="奇幻",le="0.005"} 1
                        h_bucket{genre="奇幻",le="1.0"} 2
                        h_bucket{genre="奇幻",le="+Inf"} 3
                        h_count{genre="奇幻"} 3
                        h_sum{genre="奇幻"} 7.905
                        h_created{genre="奇幻"} 5
                        # TYPE s summary
                        s_count 3
                        s_sum 7.905
                        s_created 0
                        # EOF
                        """);
    }

    @Test
    void render_seriesThatFailsBehindItsTimeOfCreation_leavesItToNoOther() throws IOException {
        families.add("c", FamilyType.COUNTER, null, NO_LABELS, Shown.of((labels, to) -> {
            to.created(1);
            to.exemplars(new Exemplars(1));
            throw new IllegalStateException("a foreign function");
        }));
        families.add("g", FamilyType.GAUGE, null, NO_LABELS, Shown.of((labels, to) -> to.sample(labels, 1)));

        assertThat(render()).isEqualTo("""
                        # TYPE c counter
                        # TYPE g gauge
                        g 1
                        # EOF
                        """);
    }

    /** Lines of every length come to lie over the end of the 16 KiB buffer, at every place in them. */
    @Test
    void render_pagesOfManyBuffers_readTheSameAsLinesOneByOne() throws IOException {
        StringBuilder expected = new StringBuilder("# TYPE g counter\n");
        for (int i = 1_000; i < 4_000; i++) {
            Exemplars exemplars = new Exemplars(1);
            exemplars.replace(0, null, new Exemplar("t".repeat(i % 60 + 1), "s".repeat(i % 53 + 1), 0.5, i));
            families.add("g", FamilyType.COUNTER, null, label(i), Shown.of((labels, to) -> {
                to.exemplars(exemplars);
                to.created(7_000);
                to.sample(labels, 12);
            }));
            expected.append("g_total{i=\"%d\"} 12 # {trace_id=\"%s\",span_id=\"%s\"} 0.5 %s%ng_created{i=\"%d\"} 7%n"
                    .formatted(i, "t".repeat(i % 60 + 1), "s".repeat(i % 53 + 1), seconds(i), i));
        }

        assertThat(render()).isEqualTo(expected.append("# EOF\n").toString());
    }

    @Test
    void contentType_ofTheFormat_namesVersionAndCharset() {
        assertThat(OpenMetricsRenderer.CONTENT_TYPE)
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    }

    private static String seconds(int millis) {
        return (millis / 1e3 + "").replaceAll("\\.0$", "");
    }

    private static byte[] label(int number) {
        return LabelBlock.encode(List.of(Map.entry("i", Integer.toString(number))));
    }

    private static HistogramCell cell() {
        HistogramCell cell = new HistogramCell(HistogramLayout.ofNanos(new double[] {5e6, 1e9}, 3, 1));
        cell.recordNanos(5_000_000);
        cell.recordNanos(900_000_000);
        cell.recordNanos(7_000_000_000L);
        return cell;
    }

    /** {@return the page, which must also pass the strict reader} */
    private String render() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenMetricsRenderer.render(families, out, 1_234_567);
        OpenMetricsPage.parse(out.toByteArray());
        return out.toString(StandardCharsets.UTF_8);
    }
}
