package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loom.metrics.examples.ComposeFile.Mount;
import io.loom.metrics.examples.deploy.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docker-compose.yml by docker-compose 1.29 itself, as far as that goes without Docker; and that it fits the files around it. */
class ComposeIT {
    private static final String BASE = "alertmanager grafana loom node-exporter prometheus";
    private static final Pattern PINNED = Pattern.compile("\\S+:v?\\d+(\\.\\d+)+\\S*");

    /** What Docker makes when it is not there. */
    private static final Path DATA = ComposeFile.DIRECTORY.resolve("prometheus_data");

    /** Of the machine, and needed: the node exporter watches it, and Docker keeps the logs. */
    private static final Set<String> OF_THE_MACHINE = Set.of("/", "/var/lib/docker/containers");

    @TempDir
    private static Path directory;

    private static Path program;
    private static ComposeFile all;

    @BeforeAll
    static void read() throws Exception {
        program = StackProgram.require("docker-compose");
        all = ComposeFile.read(program, directory);
    }

    /** That it can be read at all has been seen by now. */
    @ParameterizedTest
    @CsvSource({
        "'',       ''",
        "tracing,  jaeger",
        "logs,     elasticsearch fluent-bit fluentd kibana loki",
        "longterm, victoria-metrics"
    })
    void up_profile_addsItsServices(String profile, String added) throws Exception {
        List<String> expected = new ArrayList<>(List.of(BASE.split(" ", -1)));
        Stream.of(added.split(" ", -1)).filter(name -> !name.isEmpty()).forEach(expected::add);

        assertThat(ComposeFile.started(program, directory, profile)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void config_unknownKey_isRefused() throws Exception {
        Path file = directory.resolve("typo.yml");
        Files.writeString(file, "services:\n  loom:\n    image: loom\n    port: ['8000:8000']\n");
        try (ChildProcess process =
                ChildProcess.start(directory, List.of(program.toString(), "-f", file.toString(), "config"))) {
            assertThat(process.exitCode()).isNotZero();
            assertThat(process.err()).contains("Unsupported config option").contains("'port'");
        }
    }

    /** The guide asks the service itself, and the node exporter's metrics, right after the first of them. */
    @ParameterizedTest
    @CsvSource({
        "prometheus grafana,           alertmanager grafana loom node-exporter prometheus",
        "elasticsearch kibana fluentd, elasticsearch fluentd kibana"
    })
    void up_commandOfTheGuide_startsWhatItNeeds(String named, String started) throws Exception {
        assertThat(ComposeFile.started(program, directory, "", named.split(" ", -1)))
                .containsExactlyInAnyOrder(started.split(" ", -1));
    }

    @Test
    void mount_each_isOfSomethingThatIsThere() {
        for (String service : all.names()) {
            for (Mount mount : all.mounts(service)) {
                if (mount.isPath() && !OF_THE_MACHINE.contains(mount.source())) {
                    assertThat(mount.isOfTheRepository())
                            .as(service + ' ' + mount)
                            .isTrue();
                    assertThat(Files.exists(Path.of(mount.source()))
                                    || DATA.toString().equals(mount.source()))
                            .as(service + ' ' + mount)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void mount_notOfData_isReadOnly() {
        for (String service : all.names()) {
            assertThat(all.mounts(service))
                    .as(service)
                    .allMatch(mount -> mount.readOnly()
                            || !mount.isPath()
                            || DATA.toString().equals(mount.source()));
        }
    }

    /** Prometheus says nothing of a pattern that finds no file. */
    @ParameterizedTest
    @ValueSource(strings = {"prometheus.yml", "prometheus-longterm.yml"})
    void rules_thatPrometheusReads_areMounted(String file) throws IOException {
        List<String> targets =
                all.mounts("prometheus").stream().map(Mount::target).toList();
        JsonNode rules = YamlFile.of("deploy/" + file).read().path("rule_files");

        assertThat(targets).contains("/etc/prometheus/" + file);
        assertThat(rules).isNotEmpty().extracting(JsonNode::asText).isSubsetOf(targets);
    }

    @Test
    void dashboards_thatGrafanaReads_areMounted() throws IOException {
        List<String> targets = all.mounts("grafana").stream().map(Mount::target).toList();
        List<Path> providers = filesIn("deploy/grafana-provisioning/dashboards");

        assertThat(providers).isNotEmpty();
        for (Path provider : providers) {
            assertThat(new YamlFile(provider).read().path("providers"))
                    .isNotEmpty()
                    .allSatisfy(each ->
                            assertThat(each.at("/options/path").asText()).isIn(targets));
        }
    }

    @Test
    void image_each_isPinnedByVersion() {
        for (String service : all.names()) {
            assertThat(all.services().path(service).path("image").asText()).matches(PINNED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "deploy/fluentd/Dockerfile"})
    void baseImage_each_isPinnedByVersion(String file) throws IOException {
        List<String> bases = Files.readAllLines(ComposeFile.DIRECTORY.resolve(file)).stream()
                .filter(line -> line.startsWith("FROM "))
                .map(line -> line.split(" ", -1)[1])
                .toList();

        assertThat(bases).isNotEmpty().allMatch(PINNED.asMatchPredicate());
    }

    @Test
    void container_each_hasNoPrivileges() {
        for (String service : all.names()) {
            JsonNode each = all.services().path(service);
            assertThat(each.path("cap_drop"))
                    .as(service)
                    .extracting(JsonNode::asText)
                    .containsExactly("ALL");
            assertThat(each.path("security_opt"))
                    .as(service)
                    .extracting(JsonNode::asText)
                    .containsExactly("no-new-privileges:true");
            assertThat(each.path("privileged").asBoolean()).as(service).isFalse();
        }
    }

    /** Collectors know the service's lines by it. */
    @Test
    void logTag_ofTheService_isWhatCollectorsLookFor() throws IOException {
        String tag = all.services().at("/loom/logging/options/tag").asText();

        assertThat(tag).isEqualTo("loom");
        assertThat(Files.readString(ComposeFile.DIRECTORY.resolve("deploy/fluentd/fluent.conf")))
                .contains("pattern /^" + tag + "$/");
        assertThat(Files.readString(ComposeFile.DIRECTORY.resolve("deploy/loki/fluent-bit.yml")))
                .contains("regex: $attrs['tag'] ^" + tag + "$");
    }

    private static List<Path> filesIn(String directory) throws IOException {
        try (Stream<Path> files = Files.list(ComposeFile.DIRECTORY.resolve(directory))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
