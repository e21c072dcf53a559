package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script by which Docker learns whether the service is healthy. */
class HealthcheckIT {
    @TempDir
    private Path directory;

    /** Docker asks again, too: on a busy machine a service that has just started may answer late. */
    @Test
    void check_service_isHealthy() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, "--port=0")) {
            URI uri = service.awaitUri();

            Eventually.holds("the service is healthy", () -> check(uri.getPort()) == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503})
    void check_answerThatIsNot200_isNotHealthy(int status) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(check(server.getAddress().getPort())).isNotZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void check_nobodyListens_isNotHealthy() throws Exception {
        assertThat(check(FreePort.next())).isNotZero();
    }

    @Test
    void check_nobodyAnswers_isNotHealthy() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(check(silent.getLocalPort())).isNotZero();
        }
    }

    private int check(int port) throws Exception {
        Path script = ComposeFile.DIRECTORY.resolve("deploy/healthcheck");
        List<String> command = List.of(StackProgram.require("bash").toString(), script.toString(), "" + port);
        try (ChildProcess process = ChildProcess.start(directory, command)) {
            return process.exitCode();
        }
    }
}
