package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** OpenTelemetry's own implementation of client_java's interface plugs in as it is. */
class OpenTelemetrySpansTest {
    private static final AttributeKey<String> MARK = AttributeKey.stringKey("exemplar");

    private final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
            .spanContext(new OpenTelemetrySpanContext())
            .build();
    private final EndedSpans ended = new EndedSpans();

    @Test
    void span_thatTheSdkRecorded_isTheExemplarOfWhatItDid() throws IOException {
        LlmMeter model = LoomMetrics.of(registry).llm("anthropic", "claude-x");
        try (SdkTracerProvider tracing =
                SdkTracerProvider.builder().addSpanProcessor(ended).build()) {
            Span span = tracing.get("test").spanBuilder("generate").startSpan();
            Context.current()
                    .with(span)
                    .wrap(() -> model.record(Duration.ofMillis(840), Usage.of(120, 300)))
                    .run();
            span.end();

            OpenMetricsPage page = page();
            assertExemplar(page, span, 1, "loom_llm_requests_total", "provider", "anthropic", "model", "claude-x");
            assertExemplar(
                    page,
                    span,
                    0.84,
                    "loom_llm_request_duration_seconds_bucket",
                    "provider",
                    "anthropic",
                    "model",
                    "claude-x",
                    "outcome",
                    "success",
                    "le",
                    "1.0");
            assertExemplar(
                    page,
                    span,
                    300,
                    "loom_llm_tokens_total",
                    "provider",
                    "anthropic",
                    "model",
                    "claude-x",
                    "type",
                    "completion");
            assertThat(ended.spans)
                    .singleElement()
                    .satisfies(
                            recorded -> assertThat(recorded.getAttribute(MARK)).isEqualTo("true"));
        }
    }

    @Test
    void span_thatIsNotSampled_isNoExemplar() throws IOException {
        try (SdkTracerProvider tracing = SdkTracerProvider.builder()
                .addSpanProcessor(ended)
                .setSampler(Sampler.alwaysOff())
                .build()) {
            Span span = tracing.get("test").spanBuilder("generate").startSpan();
            Context.current()
                    .with(span)
                    .wrap(() -> registry.counter("drafts").increment())
                    .run();
        }
        assertThat(page().exemplars()).isEmpty();
    }

    @Test
    void record_outsideOfAnySpan_leavesNoExemplar() throws IOException {
        registry.counter("drafts").increment();

        assertThat(page().exemplars()).isEmpty();
        assertThat(page().value("drafts_total")).isEqualTo(1);
    }

    private static void assertExemplar(
            OpenMetricsPage page, Span span, double value, String name, String... labelNamesAndValues) {
        OpenMetricsPage.Exemplar exemplar = page.exemplars().get(TextPage.Series.of(name, labelNamesAndValues));
        assertThat(exemplar).as("exemplar of %s", name).isNotNull();
        assertThat(exemplar.value()).isEqualTo(value);
        assertThat(exemplar.labels())
                .containsEntry("trace_id", span.getSpanContext().getTraceId())
                .containsEntry("span_id", span.getSpanContext().getSpanId());
    }

    private OpenMetricsPage page() throws IOException {
        return OpenMetricsPages.of(registry);
    }

    /** Without any processor the SDK records nothing. */
    private static final class EndedSpans implements SpanProcessor {
        private final List<ReadableSpan> spans = new ArrayList<>();

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            spans.add(span);
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
