package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.Race;
import java.io.IOException;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a server leaves behind: nothing. Isolated, since it looks at all threads there are. */
@Isolated
class MetricsServerCloseTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    @Test
    void close_serverThatHasServed_leavesNoThread() throws Exception {
        serve(MetricsServer.builder(registry).start()); // the JDK's own threads, which stay, start here
        Set<Thread> before = liveThreads();

        serve(MetricsServer.builder(registry).start());

        assertThat(threadsThatStay(before)).isEmpty();
    }

    @Test
    void close_serverWithConnectionsOpen_leavesNoThread() throws Exception {
        serve(MetricsServer.builder(registry).start());
        Set<Thread> before = liveThreads();

        MetricsServer server = MetricsServer.builder(registry).start();
        try (Socket silent = Sockets.connect(server.port());
                Socket idle = Sockets.connect(server.port())) {
            Sockets.send(silent, "GET /met");
            Sockets.send(idle, "GET /metrics HTTP/1.1\r\nHost: loom\r\n\r\n");
            assertThat(idle.getInputStream().read()).isEqualTo('H');
            server.close();

            assertThat(threadsThatStay(before)).isEmpty();
        }
    }

    @Test
    void close_server_freesItsPort() throws Exception {
        MetricsServer first = MetricsServer.builder(registry).start();
        int port = first.port();
        serve(first);

        try (MetricsServer second = MetricsServer.builder(registry).port(port).start()) {
            assertThat(Sockets.request(second.port(), "GET", "/metrics")).contains("200 OK");
        }
    }

    @Test
    void start_thatFails_leavesNoThread() throws Exception {
        try (MetricsServer server = MetricsServer.builder(registry).start()) {
            Set<Thread> before = liveThreads();
            try {
                MetricsServer.builder(registry).port(server.port()).start().close();
                throw new AssertionError("the port is taken");
            } catch (IOException expected) {
                assertThat(threadsThatStay(before)).isEmpty();
            }
        }
    }

    private static void serve(MetricsServer server) throws Exception {
        try (server) {
            Race.run(
                    4,
                    number -> assertThat(Sockets.request(server.port(), "GET", "/metrics"))
                            .contains("200 OK"));
        }
    }

    /** Those that are there after eight seconds still: sooner than idle ones of a pool would go by themselves. */
    private static Set<Thread> threadsThatStay(Set<Thread> before) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        Set<Thread> more = newThreads(before);
        while (!more.isEmpty() && System.nanoTime() < deadline) {
            more.iterator().next().join(100);
            more = newThreads(before);
        }
        return more;
    }

    private static Set<Thread> newThreads(Set<Thread> before) {
        Set<Thread> more = liveThreads();
        more.removeAll(before);
        return more;
    }

    /** Without those of the runner's pool and of the JDK's virtual threads, which come and go as they like. */
    private static Set<Thread> liveThreads() {
        Set<Thread> live = new HashSet<>(Thread.getAllStackTraces().keySet());
        live.removeIf(thread -> thread.getName().startsWith("ForkJoinPool")
                || thread.getName().startsWith("VirtualThread")
                || thread.getName().endsWith("-Poller"));
        return live;
    }
}
