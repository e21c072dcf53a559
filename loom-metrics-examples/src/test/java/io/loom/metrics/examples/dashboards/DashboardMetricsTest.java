package io.loom.metrics.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.examples.promql.CatalogueNames;
import io.loom.metrics.examples.promql.KnownMetric;
import io.loom.metrics.examples.promql.KnownMetrics;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The metrics that the dashboards ask for. */
class DashboardMetricsTest {
    private static final KnownMetrics METRICS = KnownMetrics.all();
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    /** What names a series is a label that it has. */
    @ParameterizedTest
    @MethodSource("files")
    void legends_ofEachQuery_areOfItsLabels(DashboardFile file) {
        for (DashboardFile.Panel panel : file.panels()) {
            DashboardFile.stream(panel.node().path("targets"))
                    .forEach(target -> assertThat(
                                    METRICS.labels(target.path("expr").asText()))
                            .as(panel.title())
                            .containsAll(
                                    LEGEND.matcher(target.path("legendFormat").asText())
                                            .results()
                                            .map(label -> label.group(1))
                                            .toList()));
        }
    }

    @Test
    void catalogue_all_isOnSomeDashboard() throws IOException {
        Set<String> shown = samples()
                .flatMap(sample -> METRICS.find(sample).stream())
                .map(KnownMetric::name)
                .collect(Collectors.toSet());

        assertThat(shown)
                .containsAll(Arrays.stream(LoomMeter.values())
                        .map(CatalogueNames::of)
                        .toList());
    }

    /** Instances have different numbers of ratings, so a mean of their means is nobody's. */
    @Test
    void satisfaction_onAnyDashboard_isNeverAggregated() throws IOException {
        String score = CatalogueNames.of(LoomMeter.USER_SATISFACTION_SCORE);
        List<String> queries = queries().filter(query -> query.contains(score)).toList();

        assertThat(queries).isNotEmpty().allMatch(query -> query.matches(score + "\\{[^}]*}"));
    }

    @Test
    void containers_onAllDashboards_haveSixQueries() throws IOException {
        assertThat(queries().filter(query -> query.contains("container_"))).hasSize(6);
    }

    /** A quotient of sums by different labels has gaps, and one of 0 by 0 is NaN. */
    @Test
    void quotients_onAnyDashboard_areNothingWithoutTraffic() throws IOException {
        assertThat(queries().filter(query -> query.contains(" / ")))
                .isNotEmpty()
                .allMatch(query -> query.matches(".* / (scalar)?\\(.* > 0\\).*"));
    }

    private static Stream<String> samples() throws IOException {
        return queries().flatMap(query -> KnownMetrics.named(query).stream());
    }

    private static Stream<String> queries() throws IOException {
        return files().flatMap(file -> file.panels().stream()).flatMap(panel -> panel.queries().stream());
    }

    static Stream<DashboardFile> files() throws IOException {
        return DashboardFile.all().stream();
    }
}
