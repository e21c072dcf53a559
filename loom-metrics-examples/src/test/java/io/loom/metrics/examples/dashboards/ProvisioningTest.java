package io.loom.metrics.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Grafana is told at its start: data sources, and where the dashboards are. */
class ProvisioningTest {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Test
    void prometheus_ofTheDataSources_isTheGuides() throws IOException {
        JsonNode prometheus = sources().get("prometheus");

        assertThat(prometheus.path("type").asText()).isEqualTo("prometheus");
        assertThat(prometheus.path("url").asText()).isEqualTo("http://prometheus:9090");
        assertThat(prometheus.path("access").asText()).isEqualTo("proxy");
        assertThat(prometheus.path("isDefault").asBoolean()).isTrue();
    }

    /** The label of an exemplar is the one that the registry writes. */
    @Test
    void exemplars_ofPrometheus_leadToJaeger() throws IOException {
        JsonNode destination = sources().get("prometheus").at("/jsonData/exemplarTraceIdDestinations/0");

        assertThat(destination.path("name").asText()).isEqualTo("trace_id");
        assertThat(sources()
                        .get(destination.path("datasourceUid").asText())
                        .path("type")
                        .asText())
                .isEqualTo("jaeger");
    }

    @Test
    void references_ofDataSources_resolve() throws IOException {
        Map<String, JsonNode> sources = sources();

        for (JsonNode source : sources.values()) {
            assertThat(source.findValuesAsText("datasourceUid")).isSubsetOf(sources.keySet());
        }
        assertThat(sources.values().stream()
                        .filter(source -> source.path("isDefault").asBoolean()))
                .hasSize(1);
    }

    @Test
    void provider_ofDashboards_readsFiles() throws IOException {
        JsonNode file = read(directory().resolve("dashboards/loom.yml"));

        assertThat(file.path("apiVersion").asInt()).isEqualTo(1);
        assertThat(DashboardFile.stream(file.path("providers"))).singleElement().satisfies(provider -> {
            assertThat(provider.path("type").asText()).isEqualTo("file");
            assertThat(provider.at("/options/path").asText()).isEqualTo("/var/lib/grafana/dashboards");
        });
    }

    private static Map<String, JsonNode> sources() throws IOException {
        Map<String, JsonNode> sources = new HashMap<>();
        for (Path path : files("datasources")) {
            JsonNode file = read(path);
            assertThat(file.path("apiVersion").asInt()).isEqualTo(1);
            DashboardFile.stream(file.path("datasources"))
                    .forEach(source -> assertThat(sources.put(source.path("uid").asText(), source))
                            .isNull());
        }
        return sources;
    }

    private static List<Path> files(String kind) throws IOException {
        try (Stream<Path> files = Files.list(directory().resolve(kind))) {
            return files.sorted().toList();
        }
    }

    private static Path directory() {
        return DashboardFile.directory().resolveSibling("grafana-provisioning");
    }

    private static JsonNode read(Path file) throws IOException {
        return YAML.readTree(Files.readString(file));
    }
}
