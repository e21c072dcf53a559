package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
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

/** The services of docker-compose.yml find each other, and nobody else finds them. */
class ComposePortsIT {
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\w.-])([a-z][a-z-]+):(\\d{4,5})\\b");
    private static final String HOST = "172.17.0.1";

    /** By the manual of each program. The image of the narrative service brings a check of its own. */
    private static final Map<String, String> HEALTH = Map.of(
            "prometheus", "http://localhost:9090/-/ready",
            "grafana", "http://localhost:3000/api/health",
            "alertmanager", "http://localhost:9093/-/ready",
            "elasticsearch", "http://localhost:9200/_cluster/health?wait_for_status=yellow&timeout=5s",
            "victoria-metrics", "http://127.0.0.1:8428/health");

    @TempDir
    private static Path directory;

    private static Path program;
    private static ComposeFile all;

    @BeforeAll
    static void read() throws Exception {
        program = StackProgram.require("docker-compose");
        all = ComposeFile.read(program, directory);
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
    void port_each_isOneThatTheProgramListensOn() throws Exception {
        assertThat(ListeningPorts.services()).containsExactlyInAnyOrderElementsOf(all.names());
        for (String service : all.names()) {
            assertThat(ListeningPorts.of(all, service)).as(service).containsAll(all.ports(service));
        }
    }

    /** An address in a configuration is that of a service, and of a port that it listens on and that others may know. */
    @Test
    void address_inAnyConfiguration_isOfAServiceThatListens() throws Exception {
        List<String> found = new ArrayList<>();
        for (Path file : configurations()) {
            for (MatchResult address : addresses(file)) {
                String host = address.group(1);
                if (!host.equals("localhost") && !host.equals("webhook")) {
                    String where = file + " names " + address.group();
                    assertThat(all.names()).as(where).contains(host);
                    assertThat(reachable(host)).as(where).contains(Integer.valueOf(address.group(2)));
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
    void health_each_isAskedWhereTheProgramTellsIt() throws Exception {
        for (String service : all.names()) {
            List<String> asked = urls(all.healthcheck(service));
            assertThat(asked)
                    .as(service)
                    .isEqualTo(Stream.ofNullable(HEALTH.get(service)).toList());
            for (String url : asked) {
                assertThat(ListeningPorts.of(all, service))
                        .contains(URI.create(url).getPort());
            }
        }
    }

    /** In a network of its own it would show the traffic of its container, which is none. */
    @Test
    void nodeExporter_sees_theMachine() {
        JsonNode exporter = all.services().path("node-exporter");

        assertThat(exporter.path("network_mode").asText()).isEqualTo("host");
        assertThat(exporter.path("pid").asText()).isEqualTo("host");
        assertThat(all.command("node-exporter")).contains("--path.rootfs=/host");
        assertThat(all.mounts("node-exporter")).containsExactly(new ComposeFile.Mount("/", "/host", true));
    }

    /** On the machine's network its name is nobody's, so Prometheus is told; and it listens nowhere else. */
    @Test
    void nodeExporter_listens_whereItsNameLeads() throws Exception {
        assertThat(all.command("node-exporter")).contains("--web.listen-address=" + HOST + ":9100");
        assertThat(hosts(all)).containsExactly("node-exporter:" + HOST);

        ComposeFile other = ComposeFile.read(program, directory, "LOOM_HOST_ADDRESS=10.9.8.1");
        assertThat(other.command("node-exporter")).contains("--web.listen-address=10.9.8.1:9100");
        assertThat(hosts(other)).containsExactly("node-exporter:10.9.8.1");
    }

    private static List<String> hosts(ComposeFile compose) {
        List<String> hosts = new ArrayList<>();
        JsonNode told = compose.services().at("/prometheus/extra_hosts");
        told.forEach(host -> hosts.add(host.asText()));
        return hosts;
    }

    /** {@return the ports that containers reach at a name: on the machine's network all that the program listens on} */
    private static Set<Integer> reachable(String service) throws Exception {
        boolean onTheMachine =
                all.services().path(service).path("network_mode").asText().equals("host");
        return onTheMachine ? ListeningPorts.of(all, service) : all.ports(service);
    }

    private static List<String> urls(List<String> words) {
        return words.stream().filter(word -> word.startsWith("http")).toList();
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
        try (Stream<Path> sources =
                Files.list(ComposeFile.DIRECTORY.resolve("deploy/grafana-provisioning/datasources"))) {
            files.addAll(sources.filter(Files::isRegularFile).toList());
        }
        return files;
    }
}
