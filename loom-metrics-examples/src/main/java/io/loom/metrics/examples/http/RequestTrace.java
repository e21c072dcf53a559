package io.loom.metrics.examples.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One request as traces and logs see it: a span that is current on the request's thread, the fields {@code endpoint} and {@code
 * trace_id} of whatever that thread logs, and a line at the end. For one thread.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">OpenTelemetry's names for HTTP</a>
 */
final class RequestTrace implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RequestTrace.class);
    private static final String SCOPE = "io.loom.metrics.examples.http";
    private static final TextMapGetter<Headers> HEADERS =
            (headers, name) -> headers == null ? null : headers.getFirst(name);
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final int SERVER_ERROR = 500;

    private final String method;
    private final String endpoint;
    private final Span span;
    private final Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // close() does
    private RequestTrace(String method, String endpoint, Span span) {
        this.method = method;
        this.endpoint = endpoint;
        this.span = span;
        this.scope = span.makeCurrent();
    }

    /** Begins; the span goes on with the trace that the client sends, if it does. */
    static RequestTrace start(OpenTelemetry telemetry, HttpExchange exchange, String endpoint) {
        String method = exchange.getRequestMethod();
        Context sent = telemetry
                .getPropagators()
                .getTextMapPropagator()
                .extract(Context.root(), exchange.getRequestHeaders(), HEADERS);
        Span span = telemetry
                .getTracer(SCOPE)
                .spanBuilder(method + ' ' + endpoint)
                .setParent(sent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", method)
                .setAttribute("http.route", endpoint)
                .setAttribute("url.path", exchange.getRequestURI().getPath())
                .setAttribute("url.scheme", "http")
                .startSpan();
        MDC.put("endpoint", endpoint);
        SpanContext context = span.getSpanContext();
        if (context.isValid()) {
            MDC.put("trace_id", context.getTraceId());
        }
        return new RequestTrace(method, endpoint, span);
    }

    /** Notes how it was answered. */
    void answered(int status) {
        span.setAttribute(STATUS, status);
        if (status >= SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", Integer.toString(status));
        }
        log.atInfo().addKeyValue("status", status).log("{} {}", method, endpoint);
    }

    @Override
    public void close() {
        scope.close();
        span.end();
        MDC.clear();
    }
}
