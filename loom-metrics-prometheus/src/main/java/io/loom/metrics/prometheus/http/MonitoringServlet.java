package io.loom.metrics.prometheus.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Serves a {@link MonitoringSite} from a servlet container: map it to {@code /*}, or to all below a prefix, as {@code /loom/*}.
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
        String below = request.getPathInfo();
        site.answer(
                request.getMethod(),
                below == null ? request.getServletPath() : below,
                request.getQueryString(),
                name -> MetricsServlet.all(request.getHeaders(name)),
                MetricsServlet.begin(response));
    }
}
