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
import org.junit.jupiter.api.AfterAll;
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

    private static ServiceProcess service;
    private static PrometheusServer prometheus;
    private static ChildProcess alertmanager;
    private static Map<String, String> addresses = Map.of();

    @BeforeAll
    static void start() throws Exception {
        StackProgram.require("jq");
        Path alertmanagerProgram = StackProgram.require("prometheus-alertmanager");
        Path prometheusProgram = StackProgram.require("prometheus");
        service = ServiceProcess.start(directory, "--port=0");
        URI uri = service.awaitUri();
        String alerts = "127.0.0.1:" + FreePort.next();
        alertmanager = ChildProcess.start(
                directory,
                List.of(
                        alertmanagerProgram.toString(),
                        "--config.file="
                                + file("alertmanager.yml", "route:\n  receiver: none\nreceivers:\n  - name: none\n"),
                        "--storage.path=" + directory.resolve("alertmanager"),
                        "--cluster.listen-address=",
                        "--web.listen-address=" + alerts));
        Eventually.holds("Alertmanager is ready", () -> isReady(alerts));
        prometheus = PrometheusServer.start(prometheusProgram, directory, Map.of("loom", uri.resolve("/metrics")));
        prometheus.awaitTarget();
        addresses = Map.of("8000", uri.getAuthority(), "9090", prometheus.address(), "9093", alerts);
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (alertmanager != null) {
            alertmanager.close();
        }
        if (service != null) {
            service.close();
        }
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

    private static boolean isReady(String address) throws InterruptedException {
        try {
            return new ServiceClient(URI.create("http://" + address))
                            .get("/-/ready")
                            .status()
                    == 200;
        } catch (IOException e) {
            return false; // it is not listening yet
        }
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
