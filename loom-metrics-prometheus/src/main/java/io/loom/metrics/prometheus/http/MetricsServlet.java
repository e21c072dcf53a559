package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves a registry's page from a servlet container: GET and HEAD, on all paths that it is mapped to. How long a client may
 * take, and how large its request may be, are up to the container. Thread-safe.
 */
@SuppressWarnings("exports") // who uses it has the library
public final class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient MetricsPage page;

    /** Creates a servlet of a page with all defaults. */
    public MetricsServlet(LoomPrometheusRegistry registry) {
        this(MetricsPage.of(registry));
    }

    /** Creates a servlet. */
    public MetricsServlet(MetricsPage page) {
        this.page = Objects.requireNonNull(page, "page");
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        page.answer(
                request.getMethod(), request.getQueryString(), name -> all(request.getHeaders(name)), begin(response));
    }

    static MetricsPage.Response begin(HttpServletResponse response) {
        return head -> {
            response.setStatus(head.status());
            head.headers().forEach(response::setHeader);
            return response.getOutputStream();
        };
    }

    static @Nullable String all(@Nullable Enumeration<String> values) {
        return values == null || !values.hasMoreElements() ? null : String.join(",", Collections.list(values));
    }
}
