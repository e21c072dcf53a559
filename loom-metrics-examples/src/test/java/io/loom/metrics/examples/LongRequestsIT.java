package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of a megabyte to the service as it is started: its launcher has the JDK's server read them to their end. */
class LongRequestsIT {
    private static final String MEGABYTE = "a".repeat(1 << 20);
    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    private static Path directory;

    private static ServiceProcess service;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        service = ServiceProcess.start(directory, "--port=0");
        port = service.awaitUri().getPort();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void queryOfAMegabyte_isTooLong() throws Exception {
        assertThat(answer("GET /metrics?name[]=" + MEGABYTE + " HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .endsWith("\r\n\r\nThe query must have 65536 characters or less: it has 1048583.\n");
    }

    @Test
    void headerOfAMegabyte_isTooLarge() throws Exception {
        assertThat(answer("GET /metrics HTTP/1.0\r\nX-Anything: " + MEGABYTE + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .endsWith("\r\n\r\nAll headers together must have 65536 characters or less: 1048586 were sent.\n");
    }

    /** {@return all that the service answers} */
    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
