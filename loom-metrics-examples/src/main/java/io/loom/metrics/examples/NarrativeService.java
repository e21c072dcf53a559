package io.loom.metrics.examples;

import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.LoomMetricsBuilder;
import io.loom.metrics.examples.http.Api;
import io.loom.metrics.examples.http.Route;
import io.loom.metrics.examples.http.Router;
import io.loom.metrics.examples.llm.FictitiousPrices;
import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.Pause;
import io.loom.metrics.examples.studio.Studio;
import io.loom.metrics.examples.tracing.Tracing;
import io.loom.metrics.examples.traffic.TrafficGenerator;
import io.loom.metrics.health.Health;
import io.loom.metrics.health.MonitorPlugin;
import io.loom.metrics.health.Plugins;
import io.loom.metrics.llm.Pricing;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.LoomPrometheusRegistryBuilder;
import io.loom.metrics.prometheus.http.MetricsHandler;
import io.loom.metrics.prometheus.http.MetricsPage;
import io.loom.metrics.prometheus.http.MonitoringSite;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A service that tells stories, on the JDK's HTTP server.
 *
 * <p>Thread-safe. Closing it frees the port and ends its threads; closing it again does nothing.
 */
public final class NarrativeService implements AutoCloseable {
    private static final int USAGE = 2;
    private static final int CANNOT_START = 1;
    private static final int SYSTEM_BACKLOG = 0;
    private static final int PLACES = 64;
    /** More than the places, so that metrics and health are told however busy the rest is. */
    private static final int THREADS = PLACES + 16;

    /** Half of what is left: slow readers of metrics keep nobody from asking for health. */
    private static final int SCRAPES = 8;

    private static final int SWEEP_SECONDS = 30;
    private static final int STOP_SECONDS = 5;

    private final Tracing tracing;
    private final LoomPrometheusRegistry registry;
    private final HttpServer server;
    private final URI uri;
    /** What ends that which was started, the last started first. */
    private final Deque<Runnable> ends = new ConcurrentLinkedDeque<>();

    private NarrativeService(ServiceConfig config, HttpServer server) {
        this.server = server;
        this.tracing = Tracing.of(config.traces());
        LoomPrometheusRegistryBuilder builder =
                LoomPrometheusRegistry.builder().collector("service", new ServiceInfo(config));
        tracing.exemplars().ifPresent(builder::spanContext);
        this.registry = builder.build();
        String host = config.host().contains(":") ? '[' + config.host() + ']' : config.host();
        this.uri = URI.create("http://" + host + ':' + port());
    }

    /** Starts the service, prints where it is, and returns; it then runs until the process is told to stop. */
    public static void main(String[] args) {
        // Without it every answer on a kept connection waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // In seconds: who never ends his request keeps a thread no longer than that.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        // In bytes: a megabyte of headers is read and refused. From 380 KiB on it would be cut without an answer.
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", "1200000");
        try {
            CommandLine command = CommandLine.parse(System.getenv(), args);
            if (command.help()) {
                System.out.println(CommandLine.usage());
                return;
            }
            LogFormat log = command.config().log();
            log.use();
            NarrativeService service = start(command.config());
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "narrative-stop"));
            log.say("The narrative service is at " + service.uri);
            if (log == LogFormat.TEXT) {
                System.out.println(service.hints());
            }
        } catch (UsageException e) {
            fail(USAGE, e);
        } catch (IOException e) {
            fail(CANNOT_START, e);
        }
    }

    /**
     * Starts the service.
     *
     * @throws IOException where host and port cannot be listened on, or a file not be read; the message says which
     */
    public static NarrativeService start(ServiceConfig config) throws IOException {
        Pause pause = Pause.scaled(config.latencyScale());
        Optional<String> key = config.chat().isPresent() ? LlmKey.of(System.getenv()) : Optional.empty();
        return start(config, loom -> Models.of(config, key, loom, pause));
    }

    static NarrativeService start(ServiceConfig config, Function<LoomMetrics, List<LlmClient>> models)
            throws IOException {
        Optional<Pricing> prices = Models.prices(config); // before the port is taken
        NarrativeService service = new NarrativeService(config, listen(config));
        service.run(config, prices, models);
        return service;
    }

    /** {@return where the service is} */
    public URI uri() {
        return uri;
    }

    /** {@return the port that it listens on} */
    public int port() {
        return server.getAddress().getPort();
    }

    /** {@return what it records to} */
    public LoomPrometheusRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        for (Runnable end = ends.poll(); end != null; end = ends.poll()) {
            end.run();
        }
    }

    private static HttpServer listen(ServiceConfig config) throws IOException {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new IOException(
                    "host must be one of this machine's names or addresses: was \"" + config.host() + '"');
        }
        try {
            return HttpServer.create(address, SYSTEM_BACKLOG);
        } catch (SocketException e) {
            throw new IOException(
                    "cannot listen on " + config.host() + ':' + config.port() + ": " + e.getMessage()
                            + ". Choose another with --port.",
                    e);
        }
    }

    private void run(ServiceConfig config, Optional<Pricing> prices, Function<LoomMetrics, List<LlmClient>> models) {
        ends.push(registry::close);
        ends.push(tracing::close);
        if (config.jvmMetrics()) {
            ends.push(JvmMeters.bind(registry)::close);
        }
        LoomMetricsBuilder builder = LoomMetrics.builder(registry)
                .budgetUsd(FictitiousPrices.BUDGET_USD)
                .sessionIdleTimeout(Studio.IDLE_LIMIT);
        prices.ifPresent(builder::pricing);
        LoomMetrics loom = builder.build().bindAnnotations();
        ends.push(loom::close);
        Studio studio = new Studio(loom, Clock.SYSTEM, traced(models.apply(loom)));
        ends.push(studio::close);
        sweep(studio);
        MonitoringSite site = site(studio.plugin());
        ends.push(site::close);
        List<Route> routes = Api.routes(studio, PLACES, new MetricsHandler(site));
        KnownSeries.show(loom, routes);
        serve(new Router(routes, loom.http(), tracing.telemetry()));
        if (config.traffic()) {
            ends.push(TrafficGenerator.start(uri, config.rate(), config.seed(), config.log()::say)::close);
        }
    }

    private MonitoringSite site(MonitorPlugin plugin) {
        MetricsPage page =
                MetricsPage.builder(registry).concurrentScrapes(SCRAPES).build();
        Plugins plugins = Plugins.builder(registry).plugin(plugin).discover().start();
        ends.push(plugins::close);
        Health health = HealthOfService.of(registry, plugins);
        ends.push(health::close);
        return MonitoringSite.builder(registry)
                .metrics(page)
                .health(health)
                .dashboard()
                .build();
    }

    private List<LlmClient> traced(List<LlmClient> models) {
        return models.stream().map(model -> model.traced(tracing.telemetry())).toList();
    }

    private void sweep(Studio studio) {
        ScheduledExecutorService sweeper =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "narrative-sweep"));
        Future<?> sweeps =
                sweeper.scheduleAtFixedRate(studio::closeIdleSessions, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        ends.push(() -> {
            sweeps.cancel(false);
            end(sweeper);
        });
    }

    private void serve(Router router) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "narrative-http"));
        server.setExecutor(threads);
        server.createContext("/", router);
        server.start();
        ends.push(() -> {
            server.stop(0);
            end(threads);
        });
    }

    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String hints() {
        return """
                  dashboard  %1$s/dashboard
                  metrics    %1$s/metrics
                  health     %1$s/health
                  figures    %1$s/api/v1/metrics
                Try:
                  curl -d '{"genre": "fantasy", "prompt": "a lost dragon"}' %1$s/api/v1/generate
                Press Ctrl-C to stop""".formatted(uri);
    }

    /** One line, whatever the message quotes. */
    private static void fail(int status, Exception cause) {
        System.err.println(
                "narrative-service: " + String.valueOf(cause.getMessage()).replaceAll("\\p{Cntrl}", "?"));
        System.exit(status);
    }
}
