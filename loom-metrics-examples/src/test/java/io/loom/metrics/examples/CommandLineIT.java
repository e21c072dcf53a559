package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, as a user starts and stops it. */
class CommandLineIT {
    private static final int USAGE = 2;
    private static final int CANNOT_START = 1;
    private static final int SIGTERM = 128 + 15;

    /** A busy machine takes its time; requests that hang would take longer. */
    private static final int ENDS_WITHIN_SECONDS = 60;

    @TempDir
    private Path directory;

    @Test
    void start_badPort_isRefusedInOneLine() throws Exception {
        assertRefused(USAGE, "narrative-service: --port must be 0 to 65535: was 99999", "--port", "99999");
    }

    @Test
    void start_takenPort_isRefusedInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertRefused(
                    CANNOT_START,
                    "narrative-service: cannot listen on 127.0.0.1:" + port
                            + ": Address already in use. Choose another with --port.",
                    "--port",
                    port);
        }
    }

    @Test
    void start_unreadableConfig_isRefusedInOneLine() throws Exception {
        Path file = directory.resolve("none.properties");

        assertRefused(
                USAGE,
                "narrative-service: config file " + file + " cannot be read: there is no such file",
                "--config",
                file.toString());
    }

    @Test
    void start_malformedConfig_isRefusedInOneLine() throws Exception {
        Path file = Files.writeString(directory.resolve("service.properties"), "rate=many\n");

        assertRefused(
                USAGE,
                "narrative-service: config file " + file + " is not valid: rate must be a number: was \"many\"",
                "--config",
                file.toString());
    }

    @Test
    void start_unknownFlag_isRefusedInOneLine() throws Exception {
        assertRefused(USAGE, "narrative-service: there is no flag \"--colour?red\": see --help", "--colour\nred");
    }

    @Test
    void start_help_printsTheFlagsAndEnds() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, "--help")) {
            assertThat(service.process().exitCode()).isZero();
            assertThat(service.process().out()).startsWith("Usage: ").contains("--port PORT");
            assertThat(service.process().err()).isEmpty();
        }
    }

    @Test
    void start_freePort_saysWhereToLookAndHowToStop() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, "--port", "0")) {
            URI uri = service.awaitUri();
            Eventually.holds(
                    "the last line is printed", () -> service.process().out().contains("Press Ctrl-C to stop"));

            assertThat(service.process().out()).contains(uri + "/metrics", uri + "/health", uri + "/api/v1/generate");
            assertThat(new ServiceClient(uri).get("/health").status()).isEqualTo(200);
        }
    }

    @Test
    void start_traffic_printsProgressAndNoErrors() throws Exception {
        try (ServiceProcess service =
                ServiceProcess.start(directory, "--port=0", "--traffic", "--rate=100", "--latency-scale=0.01")) {
            Eventually.holds(
                    "progress is printed", () -> service.process().out().contains("traffic: "));

            assertThat(service.process().out()).containsPattern("traffic: \\d+ requests, 0 errors, \\d+\\.\\d/s, p50 ");
        }
    }

    @Test
    void terminate_underTraffic_endsWithinSecondsAndFreesThePort() throws Exception {
        String port = Integer.toString(FreePort.next());
        try (ServiceProcess service = ServiceProcess.start(directory, "--port", port, "--traffic")) {
            URI uri = service.awaitUri();
            Eventually.holds(
                    "there is traffic", () -> new ServiceClient(uri).metrics().sum("loom_sessions_total") > 0);

            service.process().terminate();

            assertThat(service.process().exitCode(ENDS_WITHIN_SECONDS)).isIn(0, SIGTERM);
            assertThat(service.process().err()).isEmpty();
            new ServerSocket(uri.getPort(), 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    private void assertRefused(int exitCode, String message, String... args) throws IOException, InterruptedException {
        try (ServiceProcess service = ServiceProcess.start(directory, args)) {
            assertThat(service.process().exitCode()).isEqualTo(exitCode);
            assertThat(service.process().err()).isEqualTo(message + '\n').doesNotContain("Exception", "\tat ");
            assertThat(service.process().out()).isEmpty();
        }
    }
}
