package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loom.metrics.examples.dashboards.DashboardFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every query of the dashboards on a real Prometheus, which scrapes the service under traffic, a node exporter, and a service that
 * nobody uses. Models fail so often that one falls back to another within seconds. cAdvisor is not there: queries of containers
 * must be understood, and no more.
 */
class DashboardQueriesIT {
    private static final String BUSY = "loom";
    private static final String IDLE = "idle";
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final String CONTAINERS = "container_";

    @TempDir
    private static Path directory;

    @AutoClose
    private static final Running running = new Running();

    private static PrometheusServer prometheus;

    @BeforeAll
    static void start() throws Exception {
        Path program = StackProgram.require("prometheus");
        Path exporter = StackProgram.require("prometheus-node-exporter");
        ServiceProcess service = running.add(ServiceProcess.start(
                directory, "--port=0", "--traffic", "--rate=100", "--latency-scale=0.05", "--failures=0.4"));
        NarrativeService idle = running.add(NarrativeService.start(TestConfig.quiet()));
        Map<String, URI> pages = Map.of(
                BUSY,
                service.awaitUri().resolve("/metrics"),
                IDLE,
                idle.uri().resolve("/metrics"),
                "node",
                running.add(NodeExporter.start(exporter, directory)).page());
        prometheus = running.add(PrometheusServer.start(program, directory, pages));
        prometheus.awaitTarget();
    }

    @ParameterizedTest
    @MethodSource("files")
    void queries_ofOneDashboard_haveDataOfTheServiceUnderTraffic(DashboardFile file) throws Exception {
        awaitData(queries(file).filter(query -> !query.contains(CONTAINERS)), BUSY);
    }

    @Test
    void queries_ofContainers_areUnderstood() throws Exception {
        List<String> queries =
                queries().filter(query -> query.contains(CONTAINERS)).toList();

        assertThat(queries).hasSize(6);
        for (String query : queries) {
            assertThat(prometheus.query(resolved(query, BUSY)).path("status").asText())
                    .as(query)
                    .isEqualTo("success");
        }
    }

    /** They are nothing, and a panel then says so. */
    @Test
    void quotients_ofAServiceThatNobodyUses_areNeverNaN() throws Exception {
        Eventually.holds(
                "the idle service has been scraped for a while",
                () -> !prometheus
                        .values("rate(http_requests_total{job=\"" + IDLE + "\"}[5s])")
                        .isEmpty());
        for (String query : queries().filter(query -> query.contains(" / ")).toList()) {
            assertThat(prometheus.values(resolved(query, IDLE))).as(query).noneMatch(value -> value.isNaN());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void variables_ofOneDashboard_haveValues(DashboardFile file) throws Exception {
        int asked = 0;
        for (JsonNode variable : file.variables()) {
            Matcher values =
                    LABEL_VALUES.matcher(variable.path("query").path("query").asText());
            if (values.matches() && !values.group(1).startsWith(CONTAINERS)) {
                String query = resolved("count by (" + values.group(2) + ") (" + values.group(1) + ")", BUSY);
                Eventually.holds(
                        variable.path("name") + " has values",
                        () -> !prometheus.values(query).isEmpty());
                asked++;
            }
        }
        assertThat(asked).as("the job and the instance at least").isGreaterThanOrEqualTo(2);
    }

    private static void awaitData(Stream<String> queries, String job) throws Exception {
        Set<String> missing = queries.collect(Collectors.toCollection(LinkedHashSet::new));
        assertThat(missing).isNotEmpty();
        Set<String> left = new LinkedHashSet<>(missing);
        try {
            Eventually.holds("all queries have data", () -> {
                for (String query : missing) {
                    if (left.contains(query) && hasData(resolved(query, job))) {
                        left.remove(query);
                    }
                }
                return left.isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError("no data of " + job + " for: " + String.join("\n", left), e);
        }
    }

    private static boolean hasData(String query) throws IOException, InterruptedException {
        return prometheus.values(query).stream().anyMatch(value -> !value.isNaN());
    }

    /** What Grafana does: it puts in what the reader chose, here everything of one job. */
    private static String resolved(String query, String job) {
        return query.replace("$__rate_interval", "15s")
                .replace("$__range", "1m")
                .replace("$job", job)
                .replaceAll("\\$\\w+", ".+");
    }

    private static Stream<String> queries() throws IOException {
        return files().flatMap(DashboardQueriesIT::queries);
    }

    private static Stream<String> queries(DashboardFile file) {
        return file.panels().stream().flatMap(panel -> panel.queries().stream());
    }

    static Stream<DashboardFile> files() throws IOException {
        return DashboardFile.all().stream();
    }
}
