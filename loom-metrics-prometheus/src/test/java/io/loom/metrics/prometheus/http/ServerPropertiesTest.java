package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the documented system properties do. The JDK reads them once, so this is a JVM of its own, which serves one connection. */
class ServerPropertiesTest {
    private static Process process;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsun.net.httpserver.maxReqHeaderSize=1200000",
                        "-Dsun.net.httpserver.maxReqTime=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        port = Integer.parseInt(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    @AfterAll
    static void stop() {
        process.destroyForcibly();
    }

    @Test
    void queryOfAMegabyte_whereTheJdkReadsIt_isRefused() throws Exception {
        Wire wire = answer("/metrics?name[]=" + "a".repeat(1_000_000));

        assertThat(wire.status()).isEqualTo(414);
        assertThat(wire.text()).isEqualTo("The query must have 65536 characters or less: it has 1000007.\n");
    }

    @Test
    void headerOfAMegabyte_whereTheJdkReadsIt_isRefused() throws Exception {
        Wire wire = answer("/metrics", "Accept: " + "a".repeat(1_000_000));

        assertThat(wire.status()).isEqualTo(431);
    }

    @Test
    void client_thatSendsHalfOfItsHeaders_isCutOff() throws Exception {
        Eventually.holds(this::endsByItself);

        assertThat(answer("/metrics").status()).isEqualTo(200);
    }

    /** {@return whether a connection with half of its headers is ended} One that the limit of connections refuses is reset. */
    private boolean endsByItself() throws IOException {
        try (Socket half = Sockets.connect(port)) {
            Sockets.send(half, "GET /metrics HTTP/1.1\r\nHost: ");
            return half.getInputStream().read() == -1;
        } catch (SocketException e) {
            return false;
        }
    }

    /** {@return the first answer} As long as the connection before is being ended, the next is closed without one. */
    private static Wire answer(String target, String... headers) throws Exception {
        Wire[] answer = new Wire[1];
        Eventually.holds(() -> {
            try {
                answer[0] = Wire.send(port, "GET", target, headers);
                return true;
            } catch (IOException | IllegalArgumentException e) { // closed without an answer
                return false;
            }
        });
        return answer[0];
    }
}
