package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.ComposeFile.Mount;
import io.loom.metrics.examples.tracing.TraceTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docker-compose.yml tells each program by flags, variables and mounts is what that program takes. */
class ComposeProgramsIT {
    private static final Pattern PATH = Pattern.compile("(?:^|=)(/\\S+)$");
    private static final Pattern SECRET = Pattern.compile("\\| `(\\w+)/(\\w+)` \\|");

    /**
     * The variables that programs read. Grafana's are its conf/defaults.ini as GF_SECTION_KEY. Jaeger's is in its built-in
     * cmd/jaeger/internal/all-in-one.yaml. Elasticsearch's image takes each setting of its reference by name, and its launcher
     * ES_JAVA_OPTS. Kibana's image has its settings in upper case.
     */
    private static final Map<String, Set<String>> VARIABLES = Map.of(
            "grafana",
                    Set.of(
                            "GF_SECURITY_ADMIN_USER",
                            "GF_SECURITY_ADMIN_PASSWORD",
                            "GF_USERS_ALLOW_SIGN_UP",
                            "GF_ANALYTICS_REPORTING_ENABLED",
                            "GF_ANALYTICS_CHECK_FOR_UPDATES"),
            "jaeger", Set.of("JAEGER_LISTEN_HOST"),
            "elasticsearch", Set.of("discovery.type", "xpack.security.enabled", "ES_JAVA_OPTS"),
            "kibana", Set.of("ELASTICSEARCH_HOSTS"));

    /** What an image reads or writes without being told, by its own defaults. The last is told by LOOM_PROMETHEUS_CONFIG. */
    private static final Set<String> KNOWN_PATHS = Set.of(
            "/etc/grafana/provisioning/datasources",
            "/etc/grafana/provisioning/dashboards",
            "/var/lib/grafana",
            "/usr/share/elasticsearch/data",
            "/fluentd/etc/fluent.conf",
            "/etc/prometheus/prometheus-longterm.yml");

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
    void narrativeService_unlessToldOtherwise_logsJsonAndKeepsQuiet() throws Exception {
        ServiceConfig config = all.narrativeService();

        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(8000);
        assertThat(config.log()).isEqualTo(LogFormat.JSON);
        assertThat(config.traffic()).isFalse();
        assertThat(config.traces()).isEmpty();
    }

    @Test
    void narrativeService_settingsOfTheGuide_reachIt() throws Exception {
        ServiceConfig config = ComposeFile.read(
                        program,
                        directory,
                        "LOOM_TRAFFIC=true",
                        "LOOM_RATE=5",
                        "LOOM_FAILURES=0.4",
                        "OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger:4318",
                        "OTEL_TRACES_SAMPLER_ARG=0.5")
                .narrativeService();

        assertThat(config.traffic()).isTrue();
        assertThat(config.rate()).isEqualTo(5);
        assertThat(config.failures()).isEqualTo(0.4);
        assertThat(config.traces()).contains(new TraceTarget(URI.create("http://jaeger:4318"), 0.5));
    }

    @Test
    void narrativeService_keyInItsDirectory_isRead() throws Exception {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        for (String file : secrets("loom")) {
            Files.writeString(secrets.resolve(file), "a key\n");
        }
        Map<String, String> environment = new HashMap<>();
        all.environment("loom")
                .forEach((name, value) -> environment.put(name, value.replace(target("loom"), secrets.toString())));

        assertThat(LlmKey.of(environment)).contains("a key");
    }

    /** The programs themselves say which flags they have. */
    @ParameterizedTest
    @CsvSource({
        "prometheus,       prometheus",
        "alertmanager,     prometheus-alertmanager",
        "node-exporter,    prometheus-node-exporter",
        "victoria-metrics, victoria-metrics"
    })
    void flag_each_isOneOfTheProgram(String service, String installed) throws Exception {
        String help;
        try (ChildProcess process = ChildProcess.start(
                directory, List.of(StackProgram.require(installed).toString(), "--help"))) {
            process.exitCode();
            help = process.out() + process.err();
        }
        Set<String> known = Pattern.compile("(?m)^\\s+(-[\\w.-]+)")
                .matcher(help)
                .results()
                .map(flag -> flag.group(1))
                .collect(Collectors.toSet());

        assertThat(all.command(service))
                .isNotEmpty()
                .allSatisfy(word -> assertThat(known).contains(word.substring(0, word.indexOf('='))));
    }

    /** Those that Debian does not have, by their manuals. */
    @Test
    void command_ofTheOthers_isThatOfTheirManuals() {
        assertThat(all.command("loki")).containsExactly("-config.file=/etc/loki/loki.yml");
        assertThat(all.command("fluent-bit")).containsExactly("-c", "/fluent-bit/etc/loom.yml");
    }

    @Test
    void retentionAndExemplars_areThoseOfTheGuide() {
        assertThat(all.command("prometheus"))
                .contains("--storage.tsdb.retention.time=15d", "--enable-feature=exemplar-storage");
        assertThat(all.command("victoria-metrics")).contains("-retentionPeriod=1y");
    }

    @Test
    void variable_each_isOneThatTheProgramReads() {
        for (String service : all.names()) {
            Set<String> known =
                    service.equals("loom") ? variablesOfTheService() : VARIABLES.getOrDefault(service, Set.of());
            assertThat(known).as(service).containsAll(all.environment(service).keySet());
        }
        assertThat(all.environment("jaeger")).containsEntry("JAEGER_LISTEN_HOST", "0.0.0.0");
    }

    /** A program that is given a path of nothing does not start, or loses its data with its container. */
    @Test
    void path_inACommand_isMounted() {
        List<String> paths = new ArrayList<>();
        for (String service : all.names()) {
            List<String> targets =
                    all.mounts(service).stream().map(Mount::target).toList();
            for (String word : all.command(service)) {
                PATH.matcher(word).results().map(path -> path.group(1)).forEach(path -> {
                    assertThat(targets).as(service + ' ' + word).contains(path);
                    paths.add(path);
                });
            }
        }
        assertThat(paths).contains("/prometheus", "/etc/alertmanager/alertmanager.yml", "/host", "/storage");
    }

    @Test
    void mount_each_isWhereTheProgramLooks() throws IOException {
        for (String service : all.names()) {
            String told = told(service);
            for (Mount mount : all.mounts(service)) {
                assertThat(told.contains(mount.target()) || KNOWN_PATHS.contains(mount.target()))
                        .as(service + " is told of " + mount)
                        .isTrue();
            }
        }
    }

    /** Who gets into one program then has no secret of another. */
    @Test
    void secrets_ofEachProgram_areInADirectoryOfItsOwn() throws IOException {
        Path secrets = ComposeFile.DIRECTORY.resolve("deploy/secrets");
        Map<String, List<String>> mounted = new HashMap<>();
        for (String service : all.names()) {
            all.mounts(service).stream()
                    .filter(mount -> mount.isPath() && Path.of(mount.source()).startsWith(secrets))
                    .forEach(mount -> mounted.computeIfAbsent(service, key -> new ArrayList<>())
                            .add(secrets.relativize(Path.of(mount.source())).toString()));
        }

        assertThat(mounted).isEqualTo(Map.of("loom", List.of("loom"), "alertmanager", List.of("alertmanager")));
        try (Stream<Path> directories = Files.list(secrets).filter(Files::isDirectory)) {
            assertThat(directories)
                    .extracting(each -> each.getFileName().toString())
                    .containsExactlyInAnyOrder("loom", "alertmanager");
        }
    }

    @Test
    void secrets_thatAlertmanagerReads_areThoseOfTheReadme() throws IOException {
        String config = Files.readString(ComposeFile.DIRECTORY.resolve("deploy/alertmanager.yml"));
        List<String> read = Pattern.compile("_file: " + target("alertmanager") + "/(\\w+)")
                .matcher(config)
                .results()
                .map(file -> file.group(1))
                .toList();

        assertThat(config.lines().filter(line -> line.contains("_file: "))).hasSameSizeAs(read);
        assertThat(read).containsExactlyInAnyOrderElementsOf(secrets("alertmanager"));
    }

    private static Set<String> variablesOfTheService() {
        Set<String> names =
                Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
        names.remove(""); // of those that only a flag sets
        names.add("LOOM_LLM_KEY_FILE");
        return names;
    }

    /** {@return where a service has its secrets} */
    private static String target(String service) {
        Optional<Mount> secrets = all.mounts(service).stream()
                .filter(mount -> mount.source().contains("/deploy/secrets"))
                .findFirst();
        return secrets.orElseThrow().target();
    }

    /** {@return the files that the README has of a program} */
    private static List<String> secrets(String service) throws IOException {
        String readme = Files.readString(ComposeFile.DIRECTORY.resolve("deploy/secrets/README.md"));
        return SECRET.matcher(readme)
                .results()
                .filter(row -> row.group(1).equals(service))
                .map(row -> row.group(2))
                .toList();
    }

    /** {@return all that says to a service where to look: its flags, its variables, and the files that are mounted} */
    private static String told(String service) throws IOException {
        StringBuilder told = new StringBuilder();
        all.command(service).forEach(word -> told.append(word).append('\n'));
        all.environment(service).values().forEach(value -> told.append(value).append('\n'));
        for (Mount mount : all.mounts(service)) {
            Path file = Path.of(mount.source());
            if (mount.isOfTheRepository() && Files.exists(file)) {
                for (Path each : Files.isDirectory(file) ? filesOf(file) : List.of(file)) {
                    told.append(Files.readString(each));
                }
            }
        }
        return told.toString();
    }

    private static List<Path> filesOf(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList();
        }
    }
}
