package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/troubleshooting.md that ask the service, Prometheus or Alertmanager: each is run as it is printed, but for
 * the ports, and must be answered by a status that is no failure. And those of all documents by which promtool and amtool check
 * files.
 */
class DocumentedCommandsIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\R(.*?)^```");
    /** Begins where a line does, and ends where one does that leaves no quotes open. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:[^'\\n]|'[^']*')+$");

    private static final Pattern ASKS = Pattern.compile("localhost:(8000|9090|9093)\\b");

    /** Wherever a document names a check, and not only in blocks. */
    private static final Pattern CHECK = Pattern.compile(
            "(?m)(?:^|`)((?:docker-compose (?:exec|run) [^`\\n]*)?\\b(?:promtool|amtool) [^`\\n]+)(?:$|`)");

    private static final Pattern IN_A_CONTAINER = Pattern.compile(
            "docker-compose (?:exec (?<service>[\\w-]+) (?<program>\\w+)"
                    + "|run --rm (?:--no-deps )?--entrypoint (?<entrypoint>\\w+) (?<started>[\\w-]+)) (?<arguments>.+)");

    @TempDir
    private static Path directory;

    @AutoClose
    private static ServiceProcess service;

    @AutoClose
    private static PrometheusServer prometheus;

    @AutoClose
    private static AlertmanagerServer alertmanager;

    private static Map<String, String> addresses = Map.of();

    @BeforeAll
    static void start() throws Exception {
        StackProgram.require("jq");
        Path alertmanagerProgram = StackProgram.require("prometheus-alertmanager");
        Path prometheusProgram = StackProgram.require("prometheus");
        service = ServiceProcess.start(directory, "--port=0");
        URI uri = service.awaitUri();
        alertmanager = AlertmanagerServer.start(
                alertmanagerProgram, directory, "route:\n  receiver: none\nreceivers:\n  - name: none\n");
        alertmanager.awaitReady();
        prometheus = PrometheusServer.start(prometheusProgram, directory, Map.of("loom", uri.resolve("/metrics")));
        prometheus.awaitTarget();
        addresses = Map.of(
                "8000",
                uri.getAuthority(),
                "9090",
                prometheus.address(),
                "9093",
                alertmanager.uri().getAuthority());
    }

    @TestFactory
    List<DynamicTest> command_asItIsPrinted_isAnswered() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String command : commands()) {
            tests.add(DynamicTest.dynamicTest(command, () -> {
                try (ChildProcess shell = ChildProcess.start(directory, List.of("bash", "-c", here(command)))) {
                    assertThat(shell.exitCode()).as(shell.err()).isZero();
                }
            }));
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests;
    }

    /** Those of a container are run with the program of this machine, and with the files that the container would see. */
    @TestFactory
    List<DynamicTest> check_asItIsPrinted_findsNothingWrong() throws Exception {
        ComposeFile compose = ComposeFile.read(StackProgram.require("docker-compose"), directory);
        StackProgram.require("promtool");
        StackProgram.require("amtool");
        List<DynamicTest> tests = new ArrayList<>();
        for (String command : checks()) {
            tests.add(DynamicTest.dynamicTest(command, () -> {
                String inTheDirectory =
                        "exec < /dev/null; cd '" + ComposeFile.DIRECTORY + "' && " + local(compose, command);
                try (ChildProcess shell = ChildProcess.start(directory, List.of("bash", "-c", inTheDirectory))) {
                    assertThat(shell.exitCode()).as(shell.out() + shell.err()).isZero();
                }
            }));
        }
        assertThat(tests).hasSizeGreaterThan(6);
        return tests;
    }

    private static String local(ComposeFile compose, String command) throws IOException {
        Matcher container = IN_A_CONTAINER.matcher(command);
        if (!container.matches()) {
            assertThat(command).doesNotStartWith("docker-compose");
            return command.replace("*.yml", "guide.yml"); // PromtoolRulesIT runs all of them, which takes a while
        }
        boolean runs = container.group("service") != null;
        String service = container.group(runs ? "service" : "started");
        Path root = Files.createTempDirectory(directory, service);
        String arguments = MountedFiles.copy(compose, service, root).here(container.group("arguments"));
        return container.group(runs ? "program" : "entrypoint") + ' ' + arguments;
    }

    private static Set<String> checks() throws IOException {
        Set<String> commands = new LinkedHashSet<>();
        for (String document : List.of("operations", "deployment-guide", "troubleshooting", "runbooks")) {
            CHECK.matcher(Files.readString(Path.of(System.getProperty("loom.root"), "docs", document + ".md")))
                    .results()
                    .forEach(command -> commands.add(command.group(1)));
        }
        return commands;
    }

    /** What {@code head} does not read, {@code curl} would complain about. */
    private static String here(String command) {
        String moved = ASKS.matcher(command).replaceAll(match -> addresses.get(match.group(1)));
        return "set -o pipefail; " + moved.replace("curl ", "curl -f ").replace(" | head", "");
    }

    private static List<String> commands() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("loom.root"), "docs", "troubleshooting.md"));
        return BLOCK.matcher(page)
                .results()
                .flatMap(block -> COMMAND.matcher(block.group(1)).results())
                .map(command -> command.group())
                .filter(command ->
                        command.startsWith("curl ") && ASKS.matcher(command).find())
                .toList();
    }
}
