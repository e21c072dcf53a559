package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a service tells of itself, each at its path: metrics for Prometheus, health, and, for those who have no Prometheus, figures
 * as JSON and a page to look at.
 *
 * <pre>{@code
 * MonitoringSite site = MonitoringSite.builder(registry).health(health).dashboard().build();
 * MetricsServer server = MetricsServer.builder(site).port(9464).start();
 * }</pre>
 *
 * <pre>
 *   /metrics                                     always
 *   /health  /health/live  /health/ready         with health
 *   /api/v1/metrics  /api/v1/metrics/history     with api
 *   /dashboard                                   with dashboard, which brings api along
 * </pre>
 *
 * <p>Thread-safe. Closing it ends the thread that takes samples for the figures; closing it again does nothing.
 */
public final class MonitoringSite implements AutoCloseable {
    static final String METRICS = "/metrics";
    static final String HEALTH = "/health";
    static final String API = "/api/v1/metrics";
    static final String DASHBOARD = "/dashboard";

    /** By the path of each, none of which is below another's. */
    private final Map<String, Page> pages;

    private final List<Runnable> ends;

    MonitoringSite(Map<String, Page> pages, List<Runnable> ends) {
        this.pages = Map.copyOf(pages);
        this.ends = List.copyOf(ends);
    }

    /** {@return a builder of a site that has metrics alone} */
    public static MonitoringSiteBuilder builder(LoomPrometheusRegistry registry) {
        return new MonitoringSiteBuilder(registry);
    }

    /**
     * Answers a request, as {@link MetricsPage#answer} does.
     *
     * @param path of the request, decoded, without what comes before the paths of the site
     * @throws IOException where {@code response} or its stream does
     */
    public void answer(
            String method,
            String path,
            @Nullable String query,
            Function<String, @Nullable String> header,
            MetricsPage.Response response)
            throws IOException {
        for (Map.Entry<String, Page> page : pages.entrySet()) {
            if (isAtOrBelow(path, page.getKey())) {
                page.getValue().answer(method, path.substring(page.getKey().length()), query, header, response);
                return;
            }
        }
        RefusedException.notFound().send(Page.hasBody(method), response);
    }

    /** {@return the paths that something is at, in their order} */
    public List<String> paths() {
        return pages.keySet().stream().sorted().toList();
    }

    /** {@return whether a path is that of a page, or below it} */
    boolean has(String path) {
        return pages.keySet().stream().anyMatch(page -> isAtOrBelow(path, page));
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }

    private static boolean isAtOrBelow(String path, String top) {
        return path.startsWith(top) && (path.length() == top.length() || path.charAt(top.length()) == '/');
    }
}
