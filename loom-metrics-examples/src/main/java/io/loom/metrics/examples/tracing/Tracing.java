package io.loom.metrics.examples.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * OpenTelemetry, set up or left out. Thread-safe. Spans are sent by a thread of its own, in batches; closing sends those that are
 * left, for some seconds at most.
 */
public final class Tracing implements AutoCloseable {
    private static final String SERVICE = "loom";
    private static final int CLOSE_SECONDS = 3;

    private final OpenTelemetry telemetry;
    private final Optional<SdkTracerProvider> spans;

    private Tracing(OpenTelemetry telemetry, Optional<SdkTracerProvider> spans) {
        this.telemetry = telemetry;
        this.spans = spans;
    }

    /** {@return spans that are sent to {@code target}, or none without it} */
    public static Tracing of(Optional<TraceTarget> target) {
        return target.map(Tracing::to).orElseGet(() -> new Tracing(OpenTelemetry.noop(), Optional.empty()));
    }

    private static Tracing to(TraceTarget target) {
        OtlpHttpSpanExporter exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(target.spans()).build();
        SdkTracerProvider spans = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.builder()
                                .put("service.name", SERVICE)
                                .build())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(target.sampling())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        OpenTelemetry telemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(spans)
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        return new Tracing(telemetry, Optional.of(spans));
    }

    /** {@return what opens spans; it does nothing where spans go nowhere} */
    public OpenTelemetry telemetry() {
        return telemetry;
    }

    /** {@return what finds the span that an exemplar leads to; nothing where there are none} */
    public Optional<SpanContext> exemplars() {
        return spans.map(sent -> new OpenTelemetrySpanContext());
    }

    @Override
    public void close() {
        spans.ifPresent(sent -> sent.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS));
    }
}
