package io.loom.metrics.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for programs that cannot tell which one they got. The system gives none of them away by itself, and none is given twice,
 * so nobody takes one before its program does, or while its program is away.
 */
final class FreePort {
    private static final int FIRST = 12_000;

    /** Below what Linux gives to those who ask for any port. */
    private static final int COUNT = 20_000;

    /** Another JVM begins elsewhere. */
    private static final AtomicInteger tried =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    private FreePort() {}

    static int next() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + tried.getAndIncrement() % COUNT;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port is free from " + FIRST + " on");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // somebody listens there
        }
    }
}
