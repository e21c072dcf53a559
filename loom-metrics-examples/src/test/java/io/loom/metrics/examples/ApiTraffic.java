package io.loom.metrics.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.LlmStream;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Session;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.http.ApiPage;
import io.loom.metrics.prometheus.http.MetricsHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A page of metrics and the JSON API beside it, under traffic that is the same all the time. One of each thing that can be
 * open is open to the end. What takes real time is open from one batch to the next, so that times are as steady as the batches.
 */
final class ApiTraffic implements AutoCloseable {
    private static final long PERIOD_MILLIS = 400;
    private static final long CHUNKED = 0;
    private static final String API = "/api/v1/metrics";

    private final JvmMeters jvm;
    private final LoomMetrics loom;
    private final ApiPage api;
    private final HttpServer server;
    private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
    private final List<Runnable> ends = new ArrayList<>();

    private LlmStream stream;
    private Session session;
    private int batches;

    private ApiTraffic(LoomPrometheusRegistry registry, HttpServer server) {
        this.jvm = JvmMeters.bind(registry);
        this.loom = LoomMetrics.builder(registry)
                .pricing(KnownBatch.PRICES)
                .budgetUsd(BatchPage.BUDGET_USD)
                .build();
        this.stream = loom.llm("north", "north-1").stream();
        this.session = loom.sessions().open();
        this.api = ApiPage.builder(registry).step(Duration.ofSeconds(1)).build();
        this.server = server;
        loom.cache("response").entries(() -> 70);
        ends.add(loom.http().start("GET", "/stories/{id}")::close);
        ends.add(loom.llm("north", "north-1").start()::close);
        server.createContext("/metrics", new MetricsHandler(registry));
        server.createContext(API, this::answer);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it has no end of its own
    static ApiTraffic start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ApiTraffic traffic = new ApiTraffic(new LoomPrometheusRegistry(), server);
        server.start();
        traffic.traffic.scheduleAtFixedRate(traffic::batch, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return traffic;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        traffic.shutdownNow();
        ends.forEach(Runnable::run);
        server.stop(0);
        api.close();
        loom.close();
        jvm.close();
    }

    private void batch() {
        batches++;
        new KnownBatch(loom).record();
        for (int i = 0; i < 20; i++) {
            loom.http().record("GET", "/stories/{id}", i == 0 ? 503 : 200, Duration.ofMillis(20 + 15 * i));
        }
        loom.http().record("POST", "/stories", batches % 4 == 0 ? 500 : 200, Duration.ofMillis(1_700));
        llm();
        session.close();
        session = loom.sessions().open();
        loom.cache("response").hits(3);
        loom.cache("response").misses(2);
        loom.cache("outline").misses(1);
        loom.narratives().generated("mystery", 900, Duration.ofMillis(2_500));
        loom.narratives().failed("fantasy", ErrorType.TIMEOUT);
        loom.rules().executed("timeline_plot", Duration.ofNanos(-1)); // whose duration is rejected
        for (int i = 0; i < 50; i++) {
            loom.rules().executed("consistency", Duration.ofMillis(2));
            loom.rules().executed("timeline_plot");
        }
    }

    private void llm() {
        stream.chunk();
        stream.succeed(Usage.of(10, 20));
        stream = loom.llm("north", "north-1").stream();
        loom.llm("north", "north-1")
                .rateLimits(new RateLimits(
                        Map.of(RateLimits.Resource.TOKENS, 90_000L),
                        Map.of(RateLimits.Resource.TOKENS, 1_009L),
                        Optional.empty()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(API.length());
        try (exchange) {
            api.answer(
                    exchange.getRequestMethod(),
                    path,
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders()::getFirst,
                    head -> {
                        head.headers().forEach(exchange.getResponseHeaders()::set);
                        exchange.sendResponseHeaders(head.status(), CHUNKED);
                        return exchange.getResponseBody();
                    });
        }
    }
}
