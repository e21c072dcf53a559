package io.loom.metrics.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.examples.promql.CatalogueNames;
import io.loom.metrics.examples.promql.KnownMetric;
import io.loom.metrics.examples.promql.KnownMetrics;
import io.loom.metrics.examples.promql.PromqlNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics that the dashboards ask for. */
class DashboardMetricsTest {
    private static final KnownMetrics METRICS = KnownMetrics.all();

    @ParameterizedTest
    @MethodSource("files")
    void names_ofEachQuery_areThoseOfMetricsAndTheirLabels(DashboardFile file) {
        assertThat(faults(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"loom_llm_errors_total", "error_type", "http_request_duration_seconds_bucket", "node_load1"})
    void names_misspeltInACopy_areFound(String name) throws IOException {
        String misspelt = name + 's';
        List<String> faults = files().map(file -> misspell(file, name, misspelt))
                .flatMap(file -> faults(file).stream())
                .toList();

        assertThat(faults).isNotEmpty().allMatch(fault -> fault.contains(misspelt));
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

    /** By whatever stands in the directory of what is deployed. */
    @Test
    void foreignMetrics_all_areAskedFor() throws IOException {
        String deployed = deployed();

        assertThat(KnownMetrics.foreign().keySet())
                .allMatch(name ->
                        Pattern.compile("\\b" + name + "\\b").matcher(deployed).find());
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

    private static String deployed() throws IOException {
        StringBuilder deployed = new StringBuilder();
        try (Stream<Path> files = Files.walk(DashboardFile.directory().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                deployed.append(Files.readString(file)).append('\n');
            }
        }
        return deployed.toString();
    }

    private static DashboardFile misspell(DashboardFile file, String name, String misspelt) {
        try {
            return DashboardFile.parse(file.name(), file.root().toString().replaceAll("\\b" + name + "\\b", misspelt));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> faults(DashboardFile file) {
        return file.panels().stream()
                .flatMap(panel -> panel.queries().stream())
                .flatMap(query -> METRICS.faults(query).stream())
                .toList();
    }

    private static Stream<String> samples() throws IOException {
        return queries().flatMap(query -> PromqlNames.in(query).stream()).map(PromqlNames.Use::sample);
    }

    private static Stream<String> queries() throws IOException {
        return files().flatMap(file -> file.panels().stream()).flatMap(panel -> panel.queries().stream());
    }

    static Stream<DashboardFile> files() throws IOException {
        return DashboardFile.all().stream();
    }
}
