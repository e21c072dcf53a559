package io.loom.metrics.binder;

import io.loom.metrics.HttpMeters;
import io.loom.metrics.HttpRequest;
import io.loom.metrics.LoomMetrics;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Meters the requests of a servlet container. A request counts once, however it is forwarded, dispatched or answered by an error
 * page; an asynchronous one ends when it is completed.
 *
 * <p>The route is often known only at the end. So a request is in progress under what is known at its start, which is the
 * servlet's mapping ({@code /stories/*}), and counts under the first of these that is known at its end: what the resolver of
 * {@link #withEndpoint} says, the request attribute {@link #ENDPOINT}, Spring MVC's pattern, what it was started with. The raw
 * path is never used: what only the default servlet, or nothing, serves is {@code other}.
 *
 * <p>What the chain throws leaves unchanged and counts as 500, or as 499 where the client went away.
 *
 * <p>Immutable and thread-safe; takes no lock and never throws anything of its own.
 */
@SuppressWarnings("exports") // who uses it has the library
public final class LoomServletFilter implements Filter {
    /** The request attribute in which a servlet may leave the route template of its request, as a string. */
    public static final String ENDPOINT = "io.loom.metrics.endpoint";

    private static final String EXCHANGE = LoomServletFilter.class.getName() + ".exchange";
    private static final String SPRING_PATTERN = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";
    private static final String OTHER = "other";

    /** What serves a path that has no route: a servlet that stands for all paths, or Spring's static resources. */
    private static final Set<String> CATCH_ALL = Set.of("/*", "/**");

    private final HttpMeters meters;
    private final EndpointResolver<HttpServletRequest> atStart;
    private final EndpointResolver<HttpServletRequest> atEnd;

    private LoomServletFilter(
            HttpMeters meters,
            EndpointResolver<HttpServletRequest> atStart,
            EndpointResolver<HttpServletRequest> atEnd) {
        this.meters = meters;
        this.atStart = atStart;
        this.atEnd = atEnd;
    }

    /** {@return a filter for all requests; put it before all others, and let it support asynchronous ones} */
    public static LoomServletFilter of(LoomMetrics loom) {
        return new LoomServletFilter(
                Objects.requireNonNull(loom, "loom").http(), EndpointResolver.none(), EndpointResolver.none());
    }

    /**
     * {@return such a filter whose requests are in progress under what {@code resolver} says, instead of the servlet's mapping}
     *
     * @param resolver gives the route template, null where it does not know; what it throws counts as null
     */
    public LoomServletFilter withEndpointAtStart(
            Function<? super HttpServletRequest, ? extends @Nullable String> resolver) {
        return new LoomServletFilter(meters, new EndpointResolver<>(resolver), atEnd);
    }

    /**
     * {@return such a filter whose requests count under what {@code resolver} says at their end}
     *
     * @param resolver gives the route template, null where it does not know; what it throws counts as null
     */
    public LoomServletFilter withEndpoint(Function<? super HttpServletRequest, ? extends @Nullable String> resolver) {
        return new LoomServletFilter(meters, atStart, new EndpointResolver<>(resolver));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Object seen = request.getAttribute(EXCHANGE);
        if (seen instanceof ServletExchange exchange && request.getDispatcherType() == DispatcherType.ASYNC) {
            again(exchange, request, response, chain);
        } else if (seen == null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer) {
            meter(http, answer, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void again(
            ServletExchange exchange, ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (Throwable failure) {
            exchange.dispatchThrew();
            throw failure;
        }
    }

    private void meter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String started = startEndpoint(request);
        HttpRequest metered = meters.start(request.getMethod(), started);
        ServletExchange exchange =
                new ServletExchange(metered, request, response, status -> endEndpoint(request, started, status));
        request.setAttribute(EXCHANGE, exchange); // and it stays: an error page comes after the end
        try {
            chain.doFilter(request, response);
        } catch (Throwable failure) { // the very same leaves
            exchange.threw(failure);
            throw failure;
        }
        exchange.returned();
    }

    private String startEndpoint(HttpServletRequest request) {
        String resolved = atStart.resolve(request);
        return resolved != null ? resolved : mapping(request.getHttpServletMapping());
    }

    private static String mapping(HttpServletMapping mapping) {
        MappingMatch match = mapping.getMappingMatch();
        if (match == null || match == MappingMatch.DEFAULT) {
            return OTHER;
        }
        return match == MappingMatch.CONTEXT_ROOT ? "/" : mapping.getPattern();
    }

    private String endEndpoint(HttpServletRequest request, String started, int status) {
        String known = atEnd.resolve(request);
        if (known == null) {
            known = attribute(request, ENDPOINT);
        }
        if (known == null) {
            known = attribute(request, SPRING_PATTERN);
        }
        String endpoint = known == null ? started : known;
        return status == HttpServletResponse.SC_NOT_FOUND && CATCH_ALL.contains(endpoint) ? OTHER : endpoint;
    }

    private static @Nullable String attribute(HttpServletRequest request, String name) {
        return request.getAttribute(name) instanceof String template ? template : null;
    }
}
