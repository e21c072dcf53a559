package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/troubleshooting.md that ask the service, Prometheus or Alertmanager: each is run as it is printed, but for
 * the ports, and must be answered by a status that is no failure.
 */
class DocumentedCommandsIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\R(.*?)^```");
    /** Begins where a line does, and ends where one does that leaves no quotes open. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:[^'\\n]|'[^']*')+$");

    private static final Pattern ASKS = Pattern.compile("localhost:(8000|9090|9093)\\b");

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
