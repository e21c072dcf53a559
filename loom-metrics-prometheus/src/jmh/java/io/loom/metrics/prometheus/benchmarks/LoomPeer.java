package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.CounterFamily;
import io.loom.metrics.CounterSeries;
import io.loom.metrics.HttpRequest;
import io.loom.metrics.LlmCall;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LlmStream;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.TimerFamily;
import io.loom.metrics.TimerSeries;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.util.Map;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Loom, through its public API: validation, limits, templating of endpoints and maxima are on. */
@State(Scope.Benchmark)
public class LoomPeer implements Peer {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final CounterSeries held = loom.counter("held", Meters.HELP).with();
    private final CounterFamily counters = loom.counter("labelled", Meters.HELP, "genre", "model", "outcome");
    private final TimerSeries heldTimer =
            loom.timer("held.duration", Meters.HELP, Meters.FOURTEEN).with();
    private final TimerFamily timers =
            loom.timer("labelled.duration", Meters.HELP, Meters.FOURTEEN, "genre", "model", "outcome");
    private final LlmMeter model = model(loom);
    private final LlmMeter[] models = Words.MODELS.stream()
            .map(known -> loom.llm(known.provider(), known.name()))
            .toArray(LlmMeter[]::new);

    public LoomPeer() {
        Words.ROUTES.forEach(route -> loom.http().register(route.method(), route.endpoint()));
    }

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
        counters.with(labels.genre(), labels.model(), labels.outcome()).increment();
    }

    @Override
    public void time(long elapsedNanos) {
        heldTimer.recordNanos(elapsedNanos);
    }

    @Override
    public void time(Labels labels, long elapsedNanos) {
        timers.with(labels.genre(), labels.model(), labels.outcome()).recordNanos(elapsedNanos);
    }

    @Override
    public void http(Route route, int status, long elapsedNanos) {
        loom.http().recordNanos(route.method(), route.endpoint(), status, elapsedNanos);
    }

    @Override
    public void timedHttp(Route route, int status) {
        try (HttpRequest request = startHttp(route)) {
            request.status(status);
        }
    }

    /** Starts a request. */
    HttpRequest startHttp(Route route) {
        return loom.http().start(route.method(), route.endpoint());
    }

    @Override
    public void llm(long elapsedNanos, long prompt, long completion) {
        model.recordNanos(elapsedNanos, prompt, completion);
    }

    @Override
    public void llm(Model looked, long elapsedNanos, long prompt, long completion) {
        loom.llm(looked.provider(), looked.name()).recordNanos(elapsedNanos, prompt, completion);
    }

    @Override
    public void timedLlm(long prompt, long completion) {
        try (LlmCall call = startLlm()) {
            call.succeed(Usage.of(prompt, completion));
        }
    }

    /** A streamed answer of two parts with loom's handle, which reads the clock for each. */
    void timedStream(long prompt, long completion) {
        try (LlmStream stream = startStream()) {
            stream.chunk();
            stream.chunk();
            stream.succeed(Usage.of(prompt, completion));
        }
    }

    /** Starts a call. */
    LlmCall startLlm() {
        return model.start();
    }

    /** Starts a call whose answer comes in chunks. */
    LlmStream startStream() {
        return model.stream();
    }

    @Override
    public Map<String, Double> samples() {
        return Samples.of(registry.scrape());
    }

    /** Like {@link #llm(Model, long, long, long)}, with one of many handles that were kept. */
    void llm(int kept, long elapsedNanos, long prompt, long completion) {
        models[kept].recordNanos(elapsedNanos, prompt, completion);
    }

    private static LlmMeter model(LoomMetrics of) {
        Model first = Words.MODELS.get(0);
        return of.llm(first.provider(), first.name());
    }
}
