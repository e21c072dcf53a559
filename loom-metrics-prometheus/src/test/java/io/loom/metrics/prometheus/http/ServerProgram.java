package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;

/** Serves a page until its input ends, and prints its port. */
final class ServerProgram {
    private ServerProgram() {}

    public static void main(String[] args) throws IOException {
        LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        try (MetricsServer server =
                MetricsServer.builder(registry).connections(1).start()) {
            System.out.println(server.port());
            System.out.flush();
            while (System.in.read() >= 0) {
                // until the end
            }
        }
    }
}
