package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.catalogue.Buckets;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.datapoints.Timer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Prometheus's client_java: kept data points, or {@code labelValues}. It has no maxima. */
@State(Scope.Benchmark)
public class ClientJavaPeer implements Peer {
    private final PrometheusRegistry registry = new PrometheusRegistry();

    private final CounterDataPoint held = counter("held").labelValues();
    private final Counter counters = counter("labelled", "genre", "model", "outcome");
    private final DistributionDataPoint heldTimer =
            histogram("held_duration_seconds", Meters.FOURTEEN).labelValues();
    private final Histogram timers =
            histogram("labelled_duration_seconds", Meters.FOURTEEN, "genre", "model", "outcome");

    private final Counter httpRequests = counter("http_requests", "method", "endpoint", "status");
    private final Histogram httpDurations =
            histogram("http_request_duration_seconds", Buckets.HTTP, "method", "endpoint");
    private final Gauge httpInProgress = gauge("http_requests_in_progress", "endpoint");

    private final Counter llmRequests = counter("loom_llm_requests", "provider", "model");
    private final Histogram llmDurations =
            histogram("loom_llm_request_duration_seconds", Buckets.LLM, "provider", "model", "outcome");
    private final Counter llmTokens = counter("loom_llm_tokens", "provider", "model", "type");
    private final Gauge llmInProgress = gauge("loom_llm_requests_in_progress", "provider", "model");
    private final HeldModel model = new HeldModel(Words.MODELS.get(0));

    @Setup
    public void prepare(BenchmarkParams params) {
        meetWords(params.getBenchmark());
    }

    @Override
    public void count() {
        held.inc();
    }

    @Override
    public void count(Labels labels) {
        counters.labelValues(labels.genre(), labels.model(), labels.outcome()).inc();
    }

    @Override
    public void time(long elapsedNanos) {
        heldTimer.observe(elapsedNanos / Meters.NANOS_PER_SECOND);
    }

    @Override
    public void time(Labels labels, long elapsedNanos) {
        timers.labelValues(labels.genre(), labels.model(), labels.outcome())
                .observe(elapsedNanos / Meters.NANOS_PER_SECOND);
    }

    @Override
    public void http(Route route, int status, long elapsedNanos) {
        GaugeDataPoint inProgress = httpInProgress.labelValues(route.endpoint());
        inProgress.inc();
        countHttp(route, status);
        httpDuration(route).observe(elapsedNanos / Meters.NANOS_PER_SECOND);
        inProgress.dec();
    }

    @Override
    public void timedHttp(Route route, int status) {
        startHttp(route).end(route, status);
    }

    /** Starts the clock of a request. */
    Request startHttp(Route route) {
        GaugeDataPoint inProgress = httpInProgress.labelValues(route.endpoint());
        inProgress.inc();
        return new Request(inProgress, httpDuration(route).startTimer());
    }

    @Override
    public void llm(long elapsedNanos, long prompt, long completion) {
        model.inProgress.inc();
        model.requests.inc();
        model.duration.observe(elapsedNanos / Meters.NANOS_PER_SECOND);
        model.prompt.inc(prompt);
        model.completion.inc(completion);
        model.inProgress.dec();
    }

    @Override
    public void llm(Model looked, long elapsedNanos, long prompt, long completion) {
        GaugeDataPoint inProgress = llmInProgress.labelValues(looked.provider(), looked.name());
        inProgress.inc();
        llmRequests.labelValues(looked.provider(), looked.name()).inc();
        llmDurations
                .labelValues(looked.provider(), looked.name(), "success")
                .observe(elapsedNanos / Meters.NANOS_PER_SECOND);
        llmTokens.labelValues(looked.provider(), looked.name(), "prompt").inc(prompt);
        llmTokens.labelValues(looked.provider(), looked.name(), "completion").inc(completion);
        inProgress.dec();
    }

    @Override
    public void timedLlm(long prompt, long completion) {
        model.inProgress.inc();
        Timer timer = model.duration.startTimer();
        model.requests.inc();
        timer.observeDuration();
        model.prompt.inc(prompt);
        model.completion.inc(completion);
        model.inProgress.dec();
    }

    @Override
    public Map<String, Double> samples() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(page, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return Samples.of(page.toString(StandardCharsets.UTF_8));
    }

    private void countHttp(Route route, int status) {
        httpRequests
                .labelValues(route.method(), route.endpoint(), Meters.status(status))
                .inc();
    }

    private DistributionDataPoint httpDuration(Route route) {
        return httpDurations.labelValues(route.method(), route.endpoint());
    }

    private Counter counter(String name, String... labels) {
        return Counter.builder()
                .name(name)
                .help(Meters.HELP)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private Gauge gauge(String name, String... labels) {
        return Gauge.builder()
                .name(name)
                .help(Meters.HELP)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private Histogram histogram(String name, Buckets buckets, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(Meters.HELP)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(buckets.upperBounds())
                .withoutExemplars()
                .register(registry);
    }

    /** The data points of one model, kept. */
    private final class HeldModel {
        private final GaugeDataPoint inProgress;
        private final CounterDataPoint requests;
        private final DistributionDataPoint duration;
        private final CounterDataPoint prompt;
        private final CounterDataPoint completion;

        HeldModel(Model of) {
            this.inProgress = llmInProgress.labelValues(of.provider(), of.name());
            this.requests = llmRequests.labelValues(of.provider(), of.name());
            this.duration = llmDurations.labelValues(of.provider(), of.name(), "success");
            this.prompt = llmTokens.labelValues(of.provider(), of.name(), "prompt");
            this.completion = llmTokens.labelValues(of.provider(), of.name(), "completion");
        }
    }

    /** A request under way: what its user keeps until its end. */
    final class Request {
        private final GaugeDataPoint inProgress;
        private final Timer timer;

        private Request(GaugeDataPoint inProgress, Timer timer) {
            this.inProgress = inProgress;
            this.timer = timer;
        }

        void end(Route route, int status) {
            countHttp(route, status);
            timer.observeDuration();
            inProgress.dec();
        }
    }
}
