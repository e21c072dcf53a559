package io.loom.metrics.prometheus.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Serves a {@link MonitoringSite} from a servlet container: map it to {@code /*}, to all below a prefix, as
 * {@code /loom/*}, or to single paths of the site, as {@code /health/*}.
 * How long a client may take, how large its request may be, and who is let in, are up to the container. Thread-safe. The
 * container's end of it does not close the site.
 */
@SuppressWarnings("exports") // who uses it has the library
public final class MonitoringServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient MonitoringSite site;

    /** Creates a servlet. */
    public MonitoringServlet(MonitoringSite site) {
        this.site = Objects.requireNonNull(site, "site");
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        site.answer(
                request.getMethod(),
                path(request),
                request.getQueryString(),
                name -> MetricsServlet.all(request.getHeaders(name)),
                MetricsServlet.begin(response));
    }

    /** Where it is mapped to single paths of the site, as {@code /health/*}, the mapping is a part of them. */
    private String path(HttpServletRequest request) {
        String below = request.getPathInfo();
        if (below == null) {
            return request.getServletPath();
        }
        String whole = request.getServletPath() + below;
        return site.has(whole) ? whole : below;
    }
}
