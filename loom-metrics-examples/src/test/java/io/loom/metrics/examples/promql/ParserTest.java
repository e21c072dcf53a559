package io.loom.metrics.examples.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.examples.promql.Selector.Matcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    @Test
    void selectors_ofAQuotient_areThoseOfBothSides() {
        assertThat(selectors(
                        "sum by (job, le) (rate(a_total{x=\"1\", y!~'b|}'}[5m])) / on (job) group_left b:c:rate5m"))
                .containsExactly(
                        new Selector("a_total", List.of(new Matcher("x", "=", "1"), new Matcher("y", "!~", "b|}"))),
                        new Selector("b:c:rate5m", List.of()));
    }

    @Test
    void selectors_ofSubqueriesVariablesAndComments_areTheMetrics() {
        assertThat(
                        names(
                                "max_over_time(rate(a{m=\"$model\"}[$__rate_interval])[1h:5m] offset 1d) # c\n - b @ 1609746000"))
                .containsExactly("a", "b");
    }

    @Test
    void selectors_ofAggregationsWithTheirLabelsBehind_areTheirs() {
        assertThat(names("count(a) without (x) > bool quantile(0.5, b) by (y)")).containsExactly("a", "b");
    }

    @Test
    void words_thatAreNoMetrics_areLeftOut() {
        assertThat(names("time() - max(x) and topk(3, y) unless 1e9 or +Inf > -NaN % vector(0.5) atan2 2"))
                .containsExactly("x", "y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{__name__=\"x\"}",
                "sum(x",
                "sum()",
                "x)",
                "x ? y",
                "x{a}",
                "x{a=b}",
                "x{\"a\"=\"b\"}",
                "x{a>\"b\"}",
                "x y",
                "x +",
                "* x",
                "sum by (1) (x)",
                "",
                "label_replace(x, \"a\", \"b\", \"c\", \"d\")"
            })
    void query_thatIsNotUnderstood_isRefused(String query) {
        assertThatThrownBy(() -> Parser.parse(query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("query must have ")
                .hasMessageEndingWith(": was " + query);
    }

    @Test
    void query_thatIsNotUnderstood_isToldWhere() {
        assertThatThrownBy(() -> Parser.parse("sum({x=\"1\"})"))
                .hasMessage("query must have a name before its matchers at token 3: was sum({x=\"1\"})");
    }

    private static Stream<Selector> selectors(String query) {
        return Parser.parse(query).selectors();
    }

    private static Stream<String> names(String query) {
        return selectors(query).map(Selector::metric);
    }
}
