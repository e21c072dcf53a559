package io.loom.metrics.prometheus.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves a registry's page from the JDK's HTTP server: GET and HEAD, on the very path that it is mounted on.
 *
 * <p>An exchange may take 30 seconds, unless another limit is set. A client that has not taken its answer by then, or not sent
 * the body that it announced, is cut off: its thread is interrupted, which closes its connection. The server reads the headers
 * before it calls the handler, so who sends half of them is beyond its reach: the system property {@code
 * sun.net.httpserver.maxReqTime}, in seconds, is for that. It holds for the whole process, so it is the caller's to set.
 *
 * <p>Thread-safe. Scrapes take no lock and do not wait for each other. How long they take is recorded in {@code
 * loom_metrics_scrape_duration_seconds}, and so shows from the next scrape on.
 */
public final class MetricsHandler implements HttpHandler {
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private static final int MAX_HEADERS = 64 * 1024;
    private static final int NOT_MODIFIED = 304;
    private static final int NO_BODY = -1;
    private static final int CHUNKED = 0;

    private final Page page;
    private final Duration answerLimit;
    private final Login login;

    /** Creates a handler of a page with all defaults. */
    public MetricsHandler(LoomPrometheusRegistry registry) {
        this(MetricsPage.of(registry));
    }

    /** Creates a handler. */
    public MetricsHandler(MetricsPage page) {
        this(page, ANSWER_LIMIT);
    }

    /**
     * Creates a handler.
     *
     * @param answerLimit how long an exchange may take, from when its headers were read
     * @throws IllegalArgumentException where it is not positive
     */
    public MetricsHandler(MetricsPage page, Duration answerLimit) {
        this(Page.exactly(page), answerLimit, Login.ANYONE);
    }

    /** Creates a handler of all pages of a site, each below the path that this is mounted on; that may be {@code /}. */
    public MetricsHandler(MonitoringSite site) {
        this(site, ANSWER_LIMIT);
    }

    /**
     * Creates a handler of all pages of a site.
     *
     * @param answerLimit how long an exchange may take, from when its headers were read
     * @throws IllegalArgumentException where it is not positive
     */
    public MetricsHandler(MonitoringSite site, Duration answerLimit) {
        this(site::answer, answerLimit, Login.ANYONE);
    }

    MetricsHandler(Page page, Duration answerLimit, Login login) {
        this.page = Objects.requireNonNull(page, "page");
        this.answerLimit = positive(answerLimit);
        this.login = login;
    }

    static Duration positive(Duration answerLimit) {
        if (answerLimit.isNegative() || answerLimit.isZero()) {
            throw new IllegalArgumentException("answer limit must be positive: was " + answerLimit);
        }
        return answerLimit;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Watch watch = new Watch(answerLimit);
        try {
            answerAndClose(exchange);
        } finally {
            watch.end();
        }
    }

    private void answerAndClose(HttpExchange exchange) throws IOException {
        boolean whole = false;
        try {
            answer(exchange);
            whole = true;
        } finally {
            if (whole) {
                exchange.close();
            } else {
                cut(exchange);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        boolean head = !Page.hasBody(exchange.getRequestMethod());
        MetricsPage.Response response = begun -> begin(exchange, begun, !head);
        try {
            login.check(headers.getFirst("Authorization"));
            checkSize(headers);
        } catch (RefusedException e) {
            e.send(!head, response);
            return;
        }
        page.answer(
                exchange.getRequestMethod(),
                path(exchange),
                exchange.getRequestURI().getRawQuery(),
                name -> all(headers.get(name)),
                response);
    }

    /** {@return what comes after the path that this is mounted on, with the slash that it begins with} */
    private static String path(HttpExchange exchange) {
        String mounted = exchange.getHttpContext().getPath();
        String below = exchange.getRequestURI().getPath().substring(mounted.length());
        return mounted.endsWith("/") && !below.isEmpty() ? '/' + below : below;
    }

    private static void checkSize(Headers headers) throws RefusedException {
        long length = 0;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                length += header.getKey().length() + value.length();
            }
        }
        if (length > MAX_HEADERS) {
            throw RefusedException.headersTooLarge("All headers together", MAX_HEADERS, length);
        }
    }

    private static OutputStream begin(HttpExchange exchange, MetricsPage.Head head, boolean withBody)
            throws IOException {
        head.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(head.status(), withBody ? length(head) : NO_BODY);
        return exchange.getResponseBody();
    }

    /** {@return the length as the JDK wants it told} */
    private static long length(MetricsPage.Head head) {
        if (head.status() == NOT_MODIFIED) {
            return NO_BODY;
        }
        String length = head.headers().get("Content-Length");
        if (length == null) {
            return CHUNKED;
        }
        return length.equals("0") ? NO_BODY : Long.parseLong(length);
    }

    private static @Nullable String all(@Nullable List<String> values) {
        return values == null ? null : String.join(",", values);
    }

    /** To close an exchange is to send its end, and a part of a page would look like a whole one: without a channel it cannot. */
    private static void cut(HttpExchange exchange) {
        Thread.currentThread().interrupt();
        exchange.close();
        Thread.interrupted();
    }
}
