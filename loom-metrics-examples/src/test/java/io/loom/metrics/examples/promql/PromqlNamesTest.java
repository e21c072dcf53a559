package io.loom.metrics.examples.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.examples.promql.PromqlNames.Use;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlNamesTest {
    @Test
    void matchers_ofAMetric_areItsLabels() {
        assertThat(PromqlNames.in("up{job=\"loom\", instance!~'a|b'}"))
                .containsExactly(new Use("up", Set.of("job", "instance")));
    }

    @Test
    void grouping_aroundAMetric_isItsLabels() {
        assertThat(PromqlNames.in("sum by (le, model) (rate(x_bucket{a=\"b\"}[$__rate_interval]))"))
                .containsExactly(new Use("x_bucket", Set.of("le", "model", "a")));
        assertThat(PromqlNames.in("sum(rate(x[5m])) without (model)")).containsExactly(new Use("x", Set.of("model")));
    }

    @Test
    void grouping_ofOneSide_isNotTheOthers() {
        assertThat(PromqlNames.in("100 * sum by (a) (x) / (sum by (b) (y offset 5m) > bool 0) or vector(0)"))
                .containsExactly(new Use("x", Set.of("a")), new Use("y", Set.of("b")));
    }

    @Test
    void words_thatAreNoMetrics_areLeftOut() {
        assertThat(PromqlNames.in("time() - max(x) and topk(3, y) unless 1e9"))
                .containsExactly(new Use("x", Set.of()), new Use("y", Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a / on (b) c", "{__name__=\"x\"}", "sum(x", "x)", "x ? y", "x{a}"})
    void query_thatIsNotUnderstood_isRefused(String query) {
        assertThatThrownBy(() -> PromqlNames.in(query)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void vectorMatching_any_isRefusedByName() {
        assertThatThrownBy(() -> PromqlNames.in("a / on (b) c"))
                .hasMessage("query must have no vector matching at token 3: was a / on (b) c");
    }
}
