package io.loom.metrics.examples;

import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.health.MetricValue;
import io.loom.metrics.health.MonitorPlugin;
import io.loom.metrics.health.Plugins;
import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.http.MetricsHandler;
import io.prometheus.metrics.model.registry.Collector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A page on which happens, with each scrape, what does not happen to the example service in the time of a test. */
final class RareEvents implements AutoCloseable {
    /** The metrics of these events, and why the service with its simulated models has none. */
    static final Map<LoomMeter, String> METERS = Map.of(
            LoomMeter.LLM_FALLBACKS, "three attempts in a row must fail, of which each does in 1 of 100 cases",
            LoomMeter.LLM_RATE_LIMIT, "simulated models have no rate limit that they could tell",
            LoomMeter.LLM_RATE_LIMIT_REMAINING, "simulated models have no rate limit that they could tell",
            LoomMeter.CACHE_LOAD_DURATION, "its cache does not load by itself",
            LoomMeter.METRICS_REJECTED, "it records nothing that cannot be true",
            LoomMeter.METRICS_COLLECTOR_FAILURES, "it shows no collectors of others",
            LoomMeter.METRICS_PLUGIN_FAILURES, "it has no plugins unless a jar brings some");

    private static final Map<String, String> HEADERS =
            Map.of("x-ratelimit-limit-requests", "100", "x-ratelimit-remaining-requests", "40");

    private final LoomMetrics loom;
    private final Plugins plugins;
    private final HttpServer server;

    private RareEvents(LoomMetrics loom, Plugins plugins, HttpServer server) {
        this.loom = loom;
        this.plugins = plugins;
        this.server = server;
    }

    static RareEvents start() throws IOException {
        Collector broken = () -> {
            throw new IllegalStateException("broken on purpose");
        };
        LoomPrometheusRegistry registry =
                LoomPrometheusRegistry.builder().collector("broken", broken).build();
        LoomMetrics loom = LoomMetrics.of(registry);
        Plugins plugins = Plugins.builder(registry).plugin(new BrokenPlugin()).start();
        MetricsHandler metrics = new MetricsHandler(registry);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            happen(loom);
            metrics.handle(exchange);
        });
        server.start();
        return new RareEvents(loom, plugins, server);
    }

    /** {@return where the page is} */
    URI page() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
    }

    private static void happen(LoomMetrics loom) {
        LlmMeter model = loom.llm("openai", "gpt-4");
        model.fellBackTo(model);
        model.rateLimits(RateLimits.of(HEADERS::get));
        model.record(Duration.ofSeconds(-1), null);
        loom.cache("response").loaded(Duration.ofMillis(3));
    }

    @Override
    public void close() {
        server.stop(0);
        plugins.close();
        loom.close();
    }

    private static final class BrokenPlugin implements MonitorPlugin {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Map<String, MetricValue> collectMetrics() {
            throw new IllegalStateException("broken on purpose");
        }
    }
}
