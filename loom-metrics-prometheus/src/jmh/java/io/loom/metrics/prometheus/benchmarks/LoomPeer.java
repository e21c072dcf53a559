package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.CounterFamily;
import io.loom.metrics.CounterSeries;
import io.loom.metrics.HttpRequest;
import io.loom.metrics.LlmCall;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.TimerFamily;
import io.loom.metrics.TimerSeries;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.util.Map;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Loom, through its public API: validation, limits, templating of endpoints and maxima are on.
 *
 * <p>Its handles read the registry's clock, so the elapsed time comes to them by a {@link PreparedClock}. What is timed for
 * real goes to a registry of its own on the system clock.
 */
@State(Scope.Benchmark)
public class LoomPeer implements Peer {
    private final PreparedClock clock = new PreparedClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).build();
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

    private final LoomPrometheusRegistry timedRegistry = new LoomPrometheusRegistry();
    private final LoomMetrics timed = LoomMetrics.of(timedRegistry);
    private final LlmMeter timedModel = model(timed);

    public LoomPeer() {
        Words.LABELS.forEach(labels -> {
            counters.with(labels.genre(), labels.model(), labels.outcome());
            timers.with(labels.genre(), labels.model(), labels.outcome());
        });
        Words.ROUTES.forEach(route -> {
            loom.http().register(route.method(), route.endpoint());
            timed.http().register(route.method(), route.endpoint());
        });
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
        try (HttpRequest request = loom.http().start(route.method(), route.endpoint())) {
            clock.advance(elapsedNanos);
            request.status(status);
        }
    }

    @Override
    public void timedHttp(Route route, int status) {
        try (HttpRequest request = startHttp(route)) {
            request.status(status);
        }
    }

    /** Starts a request that reads the system clock. */
    HttpRequest startHttp(Route route) {
        return timed.http().start(route.method(), route.endpoint());
    }

    @Override
    public void llm(long elapsedNanos, int promptTokens, int completionTokens) {
        call(model, elapsedNanos, promptTokens, completionTokens);
    }

    @Override
    public void llm(Model looked, long elapsedNanos, int promptTokens, int completionTokens) {
        call(loom.llm(looked.provider(), looked.name()), elapsedNanos, promptTokens, completionTokens);
    }

    @Override
    public void timedLlm(int promptTokens, int completionTokens) {
        try (LlmCall call = timedModel.start()) {
            call.succeed(Usage.of(promptTokens, completionTokens));
        }
    }

    @Override
    public Map<String, Double> samples() {
        return Samples.merged(Samples.of(registry.scrape()), Samples.of(timedRegistry.scrape()));
    }

    /** Like {@link #llm(Model, long, int, int)}, with one of many handles that were kept. */
    void llm(int kept, long elapsedNanos, int promptTokens, int completionTokens) {
        call(models[kept], elapsedNanos, promptTokens, completionTokens);
    }

    private void call(LlmMeter meter, long elapsedNanos, int promptTokens, int completionTokens) {
        meter.call(
                () -> {
                    clock.advance(elapsedNanos);
                    return Usage.of(promptTokens, completionTokens);
                },
                usage -> usage);
    }

    private static LlmMeter model(LoomMetrics of) {
        Model first = Words.MODELS.get(0);
        return of.llm(first.provider(), first.name());
    }
}
