package io.loom.metrics.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The strict reader that other tests rest on: it must read what is right, and refuse what is not. */
class OpenMetricsPageTest {
    private static final String HISTOGRAM = """
            # TYPE h histogram
            h_bucket{le="1.0"} 1 # {trace_id="a",span_id="b"} 0.5 12.125
            h_bucket{le="+Inf"} 2
            h_count 2
            h_sum 3
            """;

    @Test
    void parse_familiesWithMetadata_readsThem() {
        OpenMetricsPage page = parse("""
                # TYPE c_seconds counter
                # UNIT c_seconds seconds
                # HELP c_seconds a \\\\ b\\nc \\"d\\"
                c_seconds_total{k="x\\"y\\\\\\n龙"} 3
                c_seconds_created{k="x\\"y\\\\\\n龙"} 1.5
                # TYPE g gauge
                g NaN
                """);

        assertThat(page.families())
                .containsEntry("g", new OpenMetricsPage.Family("g", "gauge", null, null))
                .containsEntry(
                        "c_seconds", new OpenMetricsPage.Family("c_seconds", "counter", "seconds", "a \\ b\nc \"d\""));
        assertThat(page.value("c_seconds_total", "k", "x\"y\\\n龙")).isEqualTo(3);
        assertThat(page.value("g")).isNaN();
    }

    @Test
    void parse_exemplar_isReadWithItsBucket() {
        OpenMetricsPage page = parse(HISTOGRAM);

        assertThat(page.exemplars()).hasSize(1);
        OpenMetricsPage.Exemplar exemplar = page.exemplars().get(TextPage.Series.of("h_bucket", "le", "1.0"));
        assertThat(exemplar).isNotNull();
        assertThat(exemplar.labels()).hasToString("{span_id=b, trace_id=a}");
        assertThat(exemplar.value()).isEqualTo(0.5);
        assertThat(exemplar.seconds()).isEqualTo(12.125);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-1.5, -1.5",
        "+2, 2",
        "1e21, 1e21",
        "1.5e-8, 1.5e-8",
        ".5, 0.5",
        "5., 5",
        "+Inf, Infinity",
        "-inf, -Infinity",
        "NaN, NaN"
    })
    void parse_numberOfTheGrammar_isRead(String text, double value) {
        assertThat(parse("# TYPE g gauge\ng " + text + "\n").samples()).containsEntry(TextPage.Series.of("g"), value);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            g 1\\n                                             | is outside its family
            # TYPE g gauge\\ng\\n                              | must open its labels
            # TYPE g gauge\\ng  1\\n                           | must have a number
            # TYPE g gauge\\ng 1 \\n                           | must end behind its value
            # TYPE g gauge\\ng 1 5\\n                          | must end behind its value
            # TYPE g gauge\\ng 0x1\\n                          | must have a number
            # TYPE g gauge\\ng{} 1\\ng 1\\n                    | must have its samples in order, each once
            # TYPE g gauge\\ng{a="1",a="2"} 1\\n               | has label a twice
            # TYPE g gauge\\ng{a="\\\\q"} 1\\n                 | has a bad escape
            # TYPE g gauge\\ng{a="1} 1\\n                      | must close its quotes
            # TYPE g gauge\\ng{1a="1"} 1\\n                    | must have legal label names
            # TYPE g gauge\\ng 1 # {a="b"} 1\\n                | must have no exemplar
            # TYPE g gauge\\n\\n                               | must begin with a legal name
            # TYPE g gauge\\n# TYPE g gauge\\n                 | begins a family that the page has already
            # TYPE g gauge\\n# UNIT g g\\n                     | must have a name that ends in its unit
            # TYPE g_s gauge\\n# HELP g_s x\\n# UNIT g_s s\\n  | must have its unit once
            # TYPE g gauge\\ng 1\\n# HELP g x\\n               | must follow the TYPE of its family
            # TYPE g gauge\\n# HELP g "x"\\n                   | must escape its quotes
            # TYPE g untyped\\ng 1\\n                          | must have a known type
            # TYPE 1g gauge\\n                                 | must have a legal name
            # TYPE c_total counter\\nc_total 1\\n              | is outside its family
            # TYPE c counter\\nc_total NaN\\n                  | must be at least 0
            # TYPE c counter\\nc_total -1\\n                   | must be at least 0
            # TYPE c counter\\n# TYPE c_created gauge\\n       | could have samples c_created
            # TYPE i info\\ni_info 2\\n                        | must be 1
            # TYPE i_s info\\n# UNIT i_s s\\n                  | must have no unit
            # TYPE s summary\\ns_count 1.0\\n                  | must have a whole number
            # TYPE s summary\\ns_sum 1\\ns_count 1\\n          | must have its samples in order
            # TYPE s summary\\ns{quantile="1.5"} 1\\n          | must have a quantile from 0 to 1
            # TYPE s summary\\ns 1\\n                          | must have the label quantile
            """)
    void parse_whatIsNotWellFormed_isRefused(String page, String rule) {
        assertThatThrownBy(() -> parse(page.replace("\\n", "\n").replace("\\\\", "\\")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            h_count 2             | h_count 3             | must equal its bucket to +Inf
            h_count 2             | h_count 2.0           | must have a whole number
            {le="+Inf"} 2         | {le="+Inf"} 0         | must have buckets that are cumulative
            {le="+Inf"} 2         | {le="0.5"} 2          | must have its buckets by rising bounds
            h_sum 3               | h_sum -3              | must be at least 0
            h_sum 3               | h_max 3               | is outside its family
            0.5 12.125            | 1.5 12.125            | must have an exemplar of its own
            0.5 12.125            | 0.5 now               | must have a number
            trace_id="a"          | trace_id=a            | must quote the value of label trace_id
            le="+Inf"             | k="a"                 | must have the label le
            """)
    void parse_histogramWithAFault_isRefused(String right, String wrong, String rule) {
        assertThat(HISTOGRAM).contains(right);

        assertThatThrownBy(() -> parse(HISTOGRAM.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void parse_exemplarWithMoreThan128Characters_isRefused() {
        String longest = "a".repeat(128 - "trace_id".length() - "span_idb".length());

        assertThat(parse(HISTOGRAM.replace("trace_id=\"a\"", "trace_id=\"" + longest + '"'))
                        .exemplars())
                .hasSize(1);
        assertThatThrownBy(() -> parse(HISTOGRAM.replace("trace_id=\"a\"", "trace_id=\"" + longest + "a\"")))
                .hasMessageContaining("must have no longer labels on its exemplar");
    }

    @Test
    void parse_metricsThatAreInterleaved_areRefused() {
        assertThatThrownBy(() -> parse("""
                        # TYPE s summary
                        s_count{k="a"} 1
                        s_count{k="b"} 1
                        s_sum{k="a"} 1
                        """)).hasMessageContaining("line 4 goes back to a metric that had ended");
    }

    @Test
    void parse_pageWithoutItsEnd_isRefused() {
        for (String page : new String[] {"", "# TYPE g gauge\n", "# EOF", "x# EOF\n", "# EOF\n# EOF\n"}) {
            assertThatThrownBy(() -> OpenMetricsPage.parse(page.getBytes(StandardCharsets.UTF_8)))
                    .as(page)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(parse("").samples()).isEmpty();
    }

    @Test
    void parse_bytesThatAreNotUtf8_areRefused() {
        byte[] latin = "# TYPE g gauge\n# HELP g \u00e9\n# EOF\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> OpenMetricsPage.parse(latin)).hasMessage("the page must be UTF-8");
    }

    private static OpenMetricsPage parse(String page) {
        return OpenMetricsPage.parse((page + "# EOF\n").getBytes(StandardCharsets.UTF_8));
    }
}
