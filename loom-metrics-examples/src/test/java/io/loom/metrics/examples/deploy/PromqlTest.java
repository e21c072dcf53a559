package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.examples.deploy.Promql.Matcher;
import io.loom.metrics.examples.deploy.Promql.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromqlTest {
    @Test
    void names_ofAQuotient_areItsMetricsMatchersAndLabels() {
        Promql names =
                Promql.of("sum by (job, le) (rate(a_total{x=\"1\", y=~\"b|c\"}[5m])) / on (job) group_left b:c:rate5m");

        assertThat(names.selectors())
                .containsExactly(
                        new Selector("a_total", List.of(new Matcher("x", "=", "1"), new Matcher("y", "=~", "b|c"))),
                        new Selector("b:c:rate5m", List.of()));
        assertThat(names.labels()).containsExactly("job", "le");
    }

    @Test
    void names_ofWordsThatAreNoMetrics_areNone() {
        Promql names = Promql.of("""
                1e3 * vector(0.5) > bool Inf and histogram_quantile(0.9, vector(1)) # not_this_one
                unless NaN or time() == 'nor this "one"' and "or that"
                """);

        assertThat(names.selectors()).isEmpty();
    }

    @Test
    void names_ofSubqueriesAndVariables_areTheMetrics() {
        Promql names = Promql.of(
                "max_over_time(rate(a_total{m=\"$model\", n!~\"}\"}[$__rate_interval])[1h:5m] offset 1d) - b");

        assertThat(names.selectors()).extracting(Selector::metric).containsExactly("a_total", "b");
        assertThat(names.selectors().get(0).matchers()).contains(new Matcher("n", "!~", "}"));
    }

    @Test
    void names_ofAnAggregationWithItsLabelsBehind_areFound() {
        Promql names = Promql.of("count(a) without (x)");

        assertThat(names.selectors()).extracting(Selector::metric).containsExactly("a");
        assertThat(names.labels()).containsExactly("x");
    }

    @Test
    void names_ofASelectorWithoutAName_areRefused() {
        assertThatThrownBy(() -> Promql.of("sum({x=\"1\"})"))
                .hasMessage("a selector must have a name: sum ( { x = \"1\" } )");
    }
}
