package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.Usage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/**
 * Opens a span for each attempt. It is current while the attempt is metered, so that exemplars lead to it.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">OpenTelemetry's names for generative AI</a>
 */
record TracedAttempt(LlmAttempt attempt, ModelName model, Tracer tracer) implements LlmAttempt {
    @Override
    public Completion make(String prompt) throws ProviderException, InterruptedException {
        Span span = tracer.spanBuilder("chat " + model.model())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", model.provider())
                .setAttribute("gen_ai.request.model", model.model())
                .startSpan();
        try {
            return within(span, prompt);
        } catch (ProviderException e) {
            fail(span, e.errorType().label());
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            fail(span, e.getClass().getName());
            throw e;
        } finally {
            span.end();
        }
    }

    @SuppressWarnings("try") // the scope is for what happens meanwhile
    private Completion within(Span span, String prompt) throws ProviderException, InterruptedException {
        try (Scope current = span.makeCurrent()) {
            Completion completion = attempt.make(prompt);
            Usage usage = completion.usage();
            if (usage != null) {
                span.setAttribute("gen_ai.usage.input_tokens", usage.promptTokens());
                span.setAttribute("gen_ai.usage.output_tokens", usage.completionTokens());
            }
            return completion;
        }
    }

    private static void fail(Span span, String type) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute("error.type", type);
    }
}
