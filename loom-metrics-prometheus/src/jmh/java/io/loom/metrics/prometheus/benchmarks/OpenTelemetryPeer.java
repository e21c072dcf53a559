package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.catalogue.Buckets;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.incubator.metrics.BoundDoubleHistogram;
import io.opentelemetry.api.incubator.metrics.BoundLongCounter;
import io.opentelemetry.api.incubator.metrics.BoundLongUpDownCounter;
import io.opentelemetry.api.incubator.metrics.ExtendedDoubleHistogram;
import io.opentelemetry.api.incubator.metrics.ExtendedLongCounter;
import io.opentelemetry.api.incubator.metrics.ExtendedLongUpDownCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.ExemplarFilter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import java.util.Arrays;
import java.util.Map;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The OpenTelemetry SDK with cumulative sums. What is kept is bound to its attributes, by the API that is incubating. Its
 * histograms have a minimum and a maximum, which Prometheus does not see.
 */
@State(Scope.Benchmark)
public class OpenTelemetryPeer implements Peer {
    private static final AttributeKey<String> GENRE = AttributeKey.stringKey("genre");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("model");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("method");
    private static final AttributeKey<String> ENDPOINT = AttributeKey.stringKey("endpoint");
    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("status");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("provider");
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("type");

    private final CollectingReader reader = new CollectingReader();
    private final SdkMeterProvider provider = SdkMeterProvider.builder()
            .registerMetricReader(reader)
            .setExemplarFilter(ExemplarFilter.alwaysOff())
            .build();
    private final Meter meter = provider.get("benchmarks");

    private final BoundLongCounter held = counter("held").bind(Attributes.empty());
    private final LongCounter counters = counter("labelled");
    private final BoundDoubleHistogram heldTimer =
            histogram("held_duration_seconds", Meters.FOURTEEN).bind(Attributes.empty());
    private final DoubleHistogram timers = histogram("labelled_duration_seconds", Meters.FOURTEEN);

    private final LongCounter httpRequests = counter("http_requests");
    private final DoubleHistogram httpDurations = histogram("http_request_duration_seconds", Buckets.HTTP);
    private final LongUpDownCounter httpInProgress = upDownCounter("http_requests_in_progress");

    private final ExtendedLongCounter llmRequests = counter("loom_llm_requests");
    private final ExtendedDoubleHistogram llmDurations = histogram("loom_llm_request_duration_seconds", Buckets.LLM);
    private final ExtendedLongCounter llmTokens = counter("loom_llm_tokens");
    private final ExtendedLongUpDownCounter llmInProgress = upDownCounter("loom_llm_requests_in_progress");
    private final BoundModel model = bound(ModelAttributes.of(Words.MODELS.get(0)));

    @Setup
    public void prepare(BenchmarkParams params) {
        meetWords(params.getBenchmark());
    }

    @Override
    public void count() {
        held.add(1);
    }

    @Override
    public void count(Labels labels) {
        counters.add(1, attributes(labels));
    }

    @Override
    public void time(long elapsedNanos) {
        heldTimer.record(elapsedNanos / Meters.NANOS_PER_SECOND);
    }

    @Override
    public void time(Labels labels, long elapsedNanos) {
        timers.record(elapsedNanos / Meters.NANOS_PER_SECOND, attributes(labels));
    }

    @Override
    public void http(Route route, int status, long elapsedNanos) {
        Attributes endpoint = Attributes.of(ENDPOINT, route.endpoint());
        httpInProgress.add(1, endpoint);
        endHttp(endpoint, route, status, elapsedNanos / Meters.NANOS_PER_SECOND);
    }

    @Override
    public void timedHttp(Route route, int status) {
        Attributes endpoint = Attributes.of(ENDPOINT, route.endpoint());
        httpInProgress.add(1, endpoint);
        long startNanos = System.nanoTime();
        endHttp(endpoint, route, status, (System.nanoTime() - startNanos) / Meters.NANOS_PER_SECOND);
    }

    @Override
    public void llm(long elapsedNanos, long prompt, long completion) {
        model.inProgress.add(1);
        model.end(elapsedNanos / Meters.NANOS_PER_SECOND, prompt, completion);
    }

    @Override
    public void llm(Model looked, long elapsedNanos, long prompt, long completion) {
        ModelAttributes attributes = ModelAttributes.of(looked);
        llmInProgress.add(1, attributes.model);
        llmRequests.add(1, attributes.model);
        llmDurations.record(elapsedNanos / Meters.NANOS_PER_SECOND, attributes.success);
        llmTokens.add(prompt, attributes.prompt);
        llmTokens.add(completion, attributes.completion);
        llmInProgress.add(-1, attributes.model);
    }

    @Override
    public void timedLlm(long prompt, long completion) {
        model.inProgress.add(1);
        long startNanos = System.nanoTime();
        model.end((System.nanoTime() - startNanos) / Meters.NANOS_PER_SECOND, prompt, completion);
    }

    @Override
    public Map<String, Double> samples() {
        return Samples.of(reader.collect());
    }

    private void endHttp(Attributes endpoint, Route route, int status, double seconds) {
        httpRequests.add(
                1, Attributes.of(ENDPOINT, route.endpoint(), METHOD, route.method(), STATUS, Meters.status(status)));
        httpDurations.record(seconds, Attributes.of(ENDPOINT, route.endpoint(), METHOD, route.method()));
        httpInProgress.add(-1, endpoint);
    }

    private BoundModel bound(ModelAttributes attributes) {
        return new BoundModel(
                llmInProgress.bind(attributes.model),
                llmRequests.bind(attributes.model),
                llmDurations.bind(attributes.success),
                llmTokens.bind(attributes.prompt),
                llmTokens.bind(attributes.completion));
    }

    private ExtendedLongCounter counter(String name) {
        return (ExtendedLongCounter) meter.counterBuilder(name).build();
    }

    private ExtendedLongUpDownCounter upDownCounter(String name) {
        return (ExtendedLongUpDownCounter) meter.upDownCounterBuilder(name).build();
    }

    private ExtendedDoubleHistogram histogram(String name, Buckets buckets) {
        return (ExtendedDoubleHistogram) meter.histogramBuilder(name)
                .setExplicitBucketBoundariesAdvice(
                        Arrays.stream(buckets.upperBounds()).boxed().toList())
                .build();
    }

    private static Attributes attributes(Labels labels) {
        return Attributes.of(GENRE, labels.genre(), MODEL, labels.model(), OUTCOME, labels.outcome());
    }

    /** What is kept of one model. */
    private record BoundModel(
            BoundLongUpDownCounter inProgress,
            BoundLongCounter requests,
            BoundDoubleHistogram duration,
            BoundLongCounter prompt,
            BoundLongCounter completion) {
        void end(double seconds, long prompts, long completions) {
            requests.add(1);
            duration.record(seconds);
            prompt.add(prompts);
            completion.add(completions);
            inProgress.add(-1);
        }
    }

    /** The attributes of one model. */
    private record ModelAttributes(Attributes model, Attributes success, Attributes prompt, Attributes completion) {
        static ModelAttributes of(Model model) {
            return new ModelAttributes(
                    Attributes.of(MODEL, model.name(), PROVIDER, model.provider()),
                    Attributes.of(MODEL, model.name(), OUTCOME, "success", PROVIDER, model.provider()),
                    Attributes.of(MODEL, model.name(), PROVIDER, model.provider(), TYPE, "prompt"),
                    Attributes.of(MODEL, model.name(), PROVIDER, model.provider(), TYPE, "completion"));
        }
    }
}
