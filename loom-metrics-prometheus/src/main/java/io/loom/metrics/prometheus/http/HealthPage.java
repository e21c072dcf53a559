package io.loom.metrics.prometheus.http;

import io.loom.metrics.health.Health;
import io.loom.metrics.health.HealthReport;
import io.loom.metrics.health.HealthStatus;
import io.loom.metrics.prometheus.api.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The reports of a {@link Health} for any web framework, as JSON. Where it is mounted is the whole report, with {@code /live} behind
 * it whether to restart the process, and with {@code /ready} whether to send requests here.
 *
 * <pre>{@code
 * page.answer(request.method(), request.path(), request.query(), request::header, head -> {
 *     response.status(head.status());
 *     head.headers().forEach(response::header);
 *     return response.body();
 * });
 * }</pre>
 *
 * <p>The status is 200 where the report is healthy or degraded, and 503 where it is unhealthy. Nothing may be cached on the way. A
 * request waits for the checks up to their timeouts; those that come at the same time, or soon after, share one run. No more than 128
 * wait; others get 503 at once, with {@code Retry-After}.
 *
 * <p>Thread-safe.
 */
public final class HealthPage {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private static final Map<String, Function<Health, HealthReport>> REPORTS =
            Map.of("", Health::report, "/live", Health::live, "/ready", Health::ready);

    /** Half of a server's connections: checks that hang leave room for those who ask for metrics. */
    private static final int WAITING = 128;

    private final Health health;
    private final AtomicInteger waiting = new AtomicInteger();

    private HealthPage(Health health) {
        this.health = health;
    }

    /** {@return the page of a health; closing that is up to the caller} */
    public static HealthPage of(Health health) {
        return new HealthPage(Objects.requireNonNull(health, "health"));
    }

    /**
     * Answers a request: GET and HEAD by a report, others and other paths by a status and one line.
     *
     * @param method of HTTP
     * @param path behind the place where the page is mounted: empty, {@code /live} or {@code /ready}
     * @param query means nothing here
     * @param header is not asked for any
     * @param response is begun once
     * @throws IOException where {@code response} or its stream does
     */
    public void answer(
            String method,
            String path,
            @Nullable String query,
            Function<String, @Nullable String> header,
            MetricsPage.Response response)
            throws IOException {
        boolean withBody = Page.hasBody(method);
        MetricsPage.Response uncached = begun -> response.begin(begun.with("Cache-Control", "no-store"));
        try {
            Page.checkReads(method);
            HealthReport report = report(path);
            int status = report.status() == HealthStatus.UNHEALTHY ? UNAVAILABLE : OK;
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            Document.of(report).writeTo(body);
            Page.send(
                    new MetricsPage.Head(status, Map.of()), "application/json", body.toByteArray(), withBody, uncached);
        } catch (RefusedException e) {
            e.send(withBody, uncached);
        }
    }

    private HealthReport report(String path) throws RefusedException {
        Function<Health, HealthReport> asked = REPORTS.get(path);
        if (asked == null) {
            throw RefusedException.notFound();
        }
        try {
            if (waiting.incrementAndGet() > WAITING) {
                throw RefusedException.tooManyWait(WAITING);
            }
            return asked.apply(health);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
