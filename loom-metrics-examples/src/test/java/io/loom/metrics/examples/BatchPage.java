package io.loom.metrics.examples;

import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.http.MetricsHandler;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A page of metrics on which all counters grow by one {@link KnownBatch} with each scrape, and by nothing else. */
final class BatchPage implements AutoCloseable {
    static final double BUDGET_USD = 1009;
    static final String BATCHES = "test_batches_total";

    private final LoomMetrics loom;
    private final HttpServer server;

    private BatchPage(LoomMetrics loom, HttpServer server) {
        this.loom = loom;
        this.server = server;
    }

    static BatchPage start() throws IOException {
        LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        LoomMetrics loom = LoomMetrics.builder(registry)
                .pricing(KnownBatch.PRICES)
                .budgetUsd(BUDGET_USD)
                .build();
        KnownBatch batch = new KnownBatch(loom);
        Counter batches = Counter.builder("test.batches").register(registry);
        MetricsHandler metrics = new MetricsHandler(registry);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            batch.record();
            batches.increment();
            metrics.handle(exchange);
        });
        server.start();
        return new BatchPage(loom, server);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        loom.close();
    }
}
