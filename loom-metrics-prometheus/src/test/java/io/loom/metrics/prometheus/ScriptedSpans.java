package io.loom.metrics.prometheus;

import io.prometheus.metrics.tracer.common.SpanContext;

/** A span context that says what a test wants it to, and counts the spans that were marked. Not thread-safe. */
public class ScriptedSpans implements SpanContext {
    private String traceId;
    private String spanId;
    private boolean sampled = true;
    private int marked;

    /** Creates a context whose span is sampled. */
    public ScriptedSpans(String traceId, String spanId) {
        this.traceId = traceId;
        this.spanId = spanId;
    }

    /** Makes another span the current one. */
    public void enter(String newTraceId, String newSpanId) {
        traceId = newTraceId;
        spanId = newSpanId;
    }

    /** Sets whether the current span is sampled. */
    public void sampled(boolean isSampled) {
        sampled = isSampled;
    }

    /** {@return how often a span was marked as an exemplar} */
    public int marked() {
        return marked;
    }

    @Override
    public String getCurrentTraceId() {
        return traceId;
    }

    @Override
    public String getCurrentSpanId() {
        return spanId;
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return sampled;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        marked++;
    }
}
