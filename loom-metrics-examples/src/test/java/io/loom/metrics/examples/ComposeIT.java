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
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
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
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\w.-])([a-z][a-z-]+):(\\d{4,5})\\b");

    /** What Docker makes when it is not there. */
    private static final Path DATA = ComposeFile.DIRECTORY.resolve("prometheus_data");

    /** Of the machine, and needed: the node exporter watches it, and Docker keeps the logs. */
    private static final Set<String> OF_THE_MACHINE = Set.of("/", "/var/lib/docker/containers");

    /** Where each program listens by its own default or by its configuration here. */
    private static final Map<String, Set<Integer>> LISTENS = Map.ofEntries(
            Map.entry("loom", Set.of(8000)),
            Map.entry("prometheus", Set.of(9090)),
            Map.entry("grafana", Set.of(3000)),
            Map.entry("alertmanager", Set.of(9093)),
            Map.entry("node-exporter", Set.of(9100)),
            Map.entry("jaeger", Set.of(16686, 4317, 4318)),
            Map.entry("loki", Set.of(3100)),
            Map.entry("fluent-bit", Set.of(2020)),
            Map.entry("elasticsearch", Set.of(9200)),
            Map.entry("kibana", Set.of(5601)),
            Map.entry("fluentd", Set.of(24224)),
            Map.entry("victoria-metrics", Set.of(8428)));

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
    void port_ofTheGuide_isOpen() {
        assertThat(all.published("loom")).containsExactly("127.0.0.1:8000:8000");
        assertThat(all.published("prometheus")).containsExactly("127.0.0.1:9090:9090");
        assertThat(all.published("grafana")).containsExactly("127.0.0.1:3000:3000");
    }

    @Test
    void port_published_isOnThisMachineOnly() {
        for (String service : all.names()) {
            assertThat(all.published(service)).as(service).allMatch(port -> port.startsWith("127.0.0.1:"));
        }
    }

    @Test
    void port_each_isOneThatTheProgramListensOn() {
        assertThat(LISTENS).containsOnlyKeys(all.names());
        for (String service : all.names()) {
            assertThat(LISTENS.get(service)).as(service).containsAll(all.ports(service));
        }
    }

    /** An address in a configuration is that of a service, and of a port that it listens on. */
    @Test
    void address_inAnyConfiguration_isOfAServiceThatListens() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : configurations()) {
            for (MatchResult address : addresses(file)) {
                String host = address.group(1);
                if (!host.equals("localhost") && !host.equals("webhook")) {
                    assertThat(LISTENS).as(file + " names " + address.group()).containsKey(host);
                    assertThat(all.ports(host))
                            .as(file + " names " + address.group())
                            .contains(Integer.valueOf(address.group(2)));
                    found.add(address.group());
                }
            }
        }
        assertThat(found)
                .contains(
                        "loom:8000",
                        "node-exporter:9100",
                        "alertmanager:9093",
                        "victoria-metrics:8428",
                        "prometheus:9090");
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
    void secrets_thatAlertmanagerReads_areInTheMountedDirectory() throws IOException {
        String config = Files.readString(ComposeFile.DIRECTORY.resolve("deploy/alertmanager.yml"));
        String known = Files.readString(ComposeFile.DIRECTORY.resolve("deploy/secrets/README.md"));
        Pattern secret = Pattern.compile("_file: (\\S+)/(\\w+)");
        List<MatchResult> read = secret.matcher(config).results().toList();

        assertThat(read).isNotEmpty();
        for (MatchResult file : read) {
            assertThat(all.mounts("alertmanager")).extracting(Mount::target).contains(file.group(1));
            assertThat(known).contains('`' + file.group(2) + '`');
        }
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

    @Test
    void retention_rawAndLongTerm_areThoseOfTheGuide() {
        assertThat(all.command("prometheus")).contains("--storage.tsdb.retention.time=15d");
        assertThat(all.command("victoria-metrics")).contains("-retentionPeriod=1y");
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

    private static List<MatchResult> addresses(Path file) throws IOException {
        String settings = Files.readString(file)
                .lines()
                .filter(line -> !line.strip().startsWith("#"))
                .reduce("", (text, line) -> text + line + '\n');
        return ADDRESS.matcher(settings).results().toList();
    }

    private static List<Path> configurations() throws IOException {
        List<Path> files = new ArrayList<>(Stream.of(
                        "deploy/prometheus.yml",
                        "deploy/prometheus-longterm.yml",
                        "deploy/alertmanager.yml",
                        "docker-compose.yml")
                .map(ComposeFile.DIRECTORY::resolve)
                .toList());
        files.addAll(filesIn("deploy/grafana-provisioning/datasources"));
        return files;
    }

    private static List<Path> filesIn(String directory) throws IOException {
        try (Stream<Path> files = Files.list(ComposeFile.DIRECTORY.resolve(directory))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
