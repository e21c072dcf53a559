package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.catalogue.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Micrometer's Prometheus registry: kept meters, or meter providers where tags are looked up. Elapsed time is passed in; the
 * system clock stays, which its timers read for the window of their maximum.
 */
@State(Scope.Benchmark)
public class MicrometerPeer implements Peer {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final Counter held = Counter.builder("held").register(registry);
    private final MeterProvider<Counter> counters = Counter.builder("labelled").withRegistry(registry);
    private final Timer heldTimer = timer("held.duration", Meters.FOURTEEN).register(registry);
    private final MeterProvider<Timer> timers =
            timer("labelled.duration", Meters.FOURTEEN).withRegistry(registry);

    private final MeterProvider<Counter> httpRequests =
            Counter.builder("http.requests").withRegistry(registry);
    private final MeterProvider<Timer> httpDurations =
            timer("http.request.duration", Buckets.HTTP).withRegistry(registry);
    private final Map<String, AtomicInteger> httpInProgress = new ConcurrentHashMap<>();

    private final MeterProvider<Counter> llmRequests =
            Counter.builder("loom.llm.requests").withRegistry(registry);
    private final MeterProvider<Timer> llmDurations =
            timer("loom.llm.request.duration", Buckets.LLM).withRegistry(registry);
    private final MeterProvider<Counter> llmTokens =
            Counter.builder("loom.llm.tokens").withRegistry(registry);
    private final Map<Model, AtomicInteger> llmInProgress = new ConcurrentHashMap<>();
    private final HeldModel model = new HeldModel(Words.MODELS.get(0));

    @Setup
    public void prepare(BenchmarkParams params) {
        meetWords(params.getBenchmark());
    }

    @Override
    public void count() {
        held.increment();
    }

    @Override
    public void count(Labels labels) {
        counters.withTags("genre", labels.genre(), "model", labels.model(), "outcome", labels.outcome())
                .increment();
    }

    @Override
    public void time(long elapsedNanos) {
        heldTimer.record(elapsedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void time(Labels labels, long elapsedNanos) {
        timers.withTags("genre", labels.genre(), "model", labels.model(), "outcome", labels.outcome())
                .record(elapsedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void http(Route route, int status, long elapsedNanos) {
        AtomicInteger inProgress = inProgress(route.endpoint());
        inProgress.incrementAndGet();
        countHttp(route, status);
        httpDuration(route).record(elapsedNanos, TimeUnit.NANOSECONDS);
        inProgress.decrementAndGet();
    }

    @Override
    public void timedHttp(Route route, int status) {
        startHttp(route).end(route, status);
    }

    /** Starts the clock of a request. */
    Request startHttp(Route route) {
        AtomicInteger inProgress = inProgress(route.endpoint());
        inProgress.incrementAndGet();
        return new Request(inProgress, Timer.start(registry));
    }

    @Override
    public void llm(long elapsedNanos, long prompt, long completion) {
        model.inProgress.incrementAndGet();
        model.requests.increment();
        model.duration.record(elapsedNanos, TimeUnit.NANOSECONDS);
        model.prompt.increment((double) prompt);
        model.completion.increment((double) completion);
        model.inProgress.decrementAndGet();
    }

    @Override
    public void llm(Model looked, long elapsedNanos, long prompt, long completion) {
        AtomicInteger inProgress = inProgress(looked);
        inProgress.incrementAndGet();
        requests(looked).increment();
        duration(looked).record(elapsedNanos, TimeUnit.NANOSECONDS);
        tokens(looked, "prompt").increment((double) prompt);
        tokens(looked, "completion").increment((double) completion);
        inProgress.decrementAndGet();
    }

    @Override
    public void timedLlm(long prompt, long completion) {
        model.inProgress.incrementAndGet();
        Timer.Sample sample = Timer.start(registry);
        model.requests.increment();
        sample.stop(model.duration);
        model.prompt.increment((double) prompt);
        model.completion.increment((double) completion);
        model.inProgress.decrementAndGet();
    }

    @Override
    public Map<String, Double> samples() {
        return Samples.of(registry.scrape());
    }

    private void countHttp(Route route, int status) {
        httpRequests
                .withTags("endpoint", route.endpoint(), "method", route.method(), "status", Meters.status(status))
                .increment();
    }

    private Timer httpDuration(Route route) {
        return httpDurations.withTags("endpoint", route.endpoint(), "method", route.method());
    }

    private AtomicInteger inProgress(String endpoint) {
        AtomicInteger known = httpInProgress.get(endpoint);
        return known != null ? known : httpInProgress.computeIfAbsent(endpoint, this::registerInProgress);
    }

    private AtomicInteger registerInProgress(String endpoint) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("http.requests.in.progress", count, AtomicInteger::get)
                .tag("endpoint", endpoint)
                .register(registry);
        return count;
    }

    private AtomicInteger inProgress(Model looked) {
        AtomicInteger known = llmInProgress.get(looked);
        return known != null ? known : llmInProgress.computeIfAbsent(looked, this::registerInProgress);
    }

    private AtomicInteger registerInProgress(Model looked) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("loom.llm.requests.in.progress", count, AtomicInteger::get)
                .tags("model", looked.name(), "provider", looked.provider())
                .register(registry);
        return count;
    }

    private Counter requests(Model looked) {
        return llmRequests.withTags("model", looked.name(), "provider", looked.provider());
    }

    private Timer duration(Model looked) {
        return llmDurations.withTags("model", looked.name(), "outcome", "success", "provider", looked.provider());
    }

    private Counter tokens(Model looked, String type) {
        return llmTokens.withTags("model", looked.name(), "provider", looked.provider(), "type", type);
    }

    private static Timer.Builder timer(String name, Buckets buckets) {
        return Timer.builder(name).serviceLevelObjectives(buckets.asDurations());
    }

    /** The meters of one model, kept. */
    private final class HeldModel {
        private final AtomicInteger inProgress;
        private final Counter requests;
        private final Timer duration;
        private final Counter prompt;
        private final Counter completion;

        HeldModel(Model of) {
            this.inProgress = inProgress(of);
            this.requests = requests(of);
            this.duration = duration(of);
            this.prompt = tokens(of, "prompt");
            this.completion = tokens(of, "completion");
        }
    }

    /** A request under way: what its user keeps until its end. */
    final class Request {
        private final AtomicInteger inProgress;
        private final Timer.Sample sample;

        private Request(AtomicInteger inProgress, Timer.Sample sample) {
            this.inProgress = inProgress;
            this.sample = sample;
        }

        void end(Route route, int status) {
            countHttp(route, status);
            sample.stop(httpDuration(route));
            inProgress.decrementAndGet();
        }
    }
}
