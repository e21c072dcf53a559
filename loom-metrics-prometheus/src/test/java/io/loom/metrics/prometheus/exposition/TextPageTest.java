package io.loom.metrics.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The other tests believe {@link TextPage}: here it must refuse what it exists to refuse. */
class TextPageTest {
    private static final String GOOD = """
            # HELP a_total One \\\\ two\\nthree.
            # TYPE a_total counter
            a_total 3
            # TYPE b gauge
            b{k="x\\\\\\"\\n,}",j=""} -1.5e-8
            b{k="y"} NaN
            # TYPE c histogram
            c_bucket{k="1",le="0.5"} 1
            c_bucket{k="1",le="+Inf"} 2
            c_count{k="1"} 2
            c_sum{k="1"} 3
            c_bucket{le="+Inf"} 0
            c_count 0
            c_sum 0
            # TYPE d summary
            d{quantile="0.5"} 1
            d_count 1
            d_sum +Inf
            """;

    @Test
    void parse_goodPage_hasAllOfIt() {
        TextPage page = TextPage.parse(GOOD);

        assertThat(page.families().keySet()).containsExactly("a_total", "b", "c", "d");
        assertThat(page.families().get("a_total"))
                .isEqualTo(new TextPage.Family("a_total", "counter", "One \\ two\nthree."));
        assertThat(page.families().get("b").help()).isNull();
        assertThat(page.samples()).hasSize(13);
        assertThat(page.value("a_total")).isEqualTo(3);
        assertThat(page.value("b", "k", "x\\\"\n,}", "j", "")).isEqualTo(-1.5e-8);
        assertThat(page.value("b", "k", "y")).isNaN();
        assertThat(page.value("c_bucket", "le", "0.5", "k", "1")).isEqualTo(1);
        assertThat(page.value("d_sum")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void value_ofASampleThatIsNotThere_isRefused() {
        assertThatThrownBy(() -> TextPage.parse(GOOD).value("b", "k", "z"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("the page has no sample Series[name=b, labels={k=z}]");
    }

    @ParameterizedTest
    @MethodSource
    void parse_badPage_isRefused(String message, String page) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextPage.parse(page))
                .withMessage(message);
    }

    static Stream<Arguments> parse_badPage_isRefused() {
        return Stream.concat(badLines(), badStructures());
    }

    private static Stream<Arguments> badLines() {
        return Stream.of(
                gauge("must begin with a legal name", "9 1"),
                gauge("must begin with a legal name", ""),
                gauge("must begin with a legal name", "# a comment"),
                gauge("must have one space before its value", "a/b 1"),
                gauge("must have one space before its value", "g"),
                gauge("must end in a number", "g  1"),
                gauge("must end in a number", "g 1 1700000000"),
                gauge("must end in a number", "g Infinity"),
                gauge("must end in a number", "g 1."),
                gauge("must have legal label names", "g{} 1"),
                gauge("must have legal label names", "g{a=\"1\",} 1"),
                gauge("must have legal label names", "g{9a=\"1\"} 1"),
                gauge("must quote the value of label a", "g{a:b=\"1\"} 1"),
                gauge("must quote the value of label a", "g{a=1} 1"),
                gauge("must close its quotes", "g{a=\"1} 1"),
                gauge("must close its labels", "g{a=\"1\""),
                gauge("must close its labels", "g{a=\"1\"b=\"2\"} 1"),
                gauge("has a bad escape", "g{a=\"\\t\"} 1"),
                gauge("has label a twice", "g{a=\"1\",a=\"2\"} 1"),
                gauge("is outside its family", "h 1"),
                gauge("is outside its family", "g_total 1"));
    }

    private static Stream<Arguments> badStructures() {
        return Stream.of(
                Arguments.of("line 1 is outside its family: a 1", "a 1\n"),
                Arguments.of("line 2 must end in a line feed: a 1", "# TYPE a gauge\na 1"),
                Arguments.of("line 3 repeats a series: a 2", "# TYPE a gauge\na 1\na 2\n"),
                Arguments.of(
                        "line 3 repeats a series: a{k=\"1\",j=\"2\"} 2",
                        "# TYPE a gauge\na{j=\"2\",k=\"1\"} 1\na{k=\"1\",j=\"2\"} 2\n"),
                Arguments.of(
                        "line 3 begins a family that the page has already: # TYPE a counter",
                        "# TYPE a gauge\n# TYPE b gauge\n# TYPE a counter\n"),
                Arguments.of("line 1 must have a name and a known type: # TYPE a info", "# TYPE a info\n"),
                Arguments.of("line 1 must have a legal name: # TYPE a/b gauge", "# TYPE a/b gauge\n"),
                Arguments.of("line 2 has another name than its HELP: # TYPE b gauge", "# HELP a x\n# TYPE b gauge\n"),
                Arguments.of("line 2 follows a HELP without TYPE: # HELP b y", "# HELP a x\n# HELP b y\n"),
                Arguments.of("line 1 must have a name and a text: # HELP a", "# HELP a\n"),
                Arguments.of("line 1 has a bad escape: # HELP a \\\"", "# HELP a \\\"\n"),
                Arguments.of("line 2 is outside its family: a 1", "# TYPE a counter\na 1\n"),
                Arguments.of("line 2 is outside its family: a 1", "# TYPE a summary\na 1\n"),
                Arguments.of("the last HELP has no TYPE", "# HELP a x\n"),
                histogram(3, "must have buckets that are cumulative", bucket("1.0", 2), bucket("+Inf", 1)),
                histogram(3, "must have its buckets by rising bounds", bucket("1.0", 2), bucket("0.5", 2)),
                histogram(3, "must have its count behind the bucket to +Inf", bucket("1.0", 2), "a_count 2"),
                histogram(3, "must have a count that equals its bucket to +Inf", bucket("+Inf", 2), "a_count 3"),
                histogram(3, "must have its sum behind its count", bucket("+Inf", 2), "a_sum 3"),
                histogram(2, "must have le in its buckets, and nowhere else", "a_bucket 2"),
                histogram(2, "must have le in its buckets, and nowhere else", "a_sum{le=\"1\"} 2"),
                histogram(
                        4,
                        "ends the histogram before it has a sum",
                        bucket("+Inf", 2),
                        "a_count 2",
                        "a_bucket{k=\"1\",le=\"+Inf\"} 2"),
                histogram(
                        8,
                        "goes back to a histogram that had ended",
                        bucket("+Inf", 0),
                        "a_count 0",
                        "a_sum 0",
                        "a_bucket{k=\"1\",le=\"+Inf\"} 0",
                        "a_count{k=\"1\"} 0",
                        "a_sum{k=\"1\"} 0",
                        bucket("1.0", 0)));
    }

    private static Arguments gauge(String rule, String line) {
        return Arguments.of("line 2 " + rule + ": " + line, "# TYPE g gauge\n" + line + '\n');
    }

    private static Arguments histogram(int number, String rule, String... lines) {
        return Arguments.of(
                "line " + number + ' ' + rule + ": " + lines[number - 2],
                "# TYPE a histogram\n" + String.join("\n", lines) + '\n');
    }

    private static String bucket(String le, int count) {
        return "a_bucket{le=\"" + le + "\"} " + count;
    }
}
