package io.loom.metrics.binder;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import io.loom.metrics.HttpMeters;
import io.loom.metrics.HttpRequest;
import io.loom.metrics.LoomMetrics;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Meters the requests of the JDK's {@code HttpServer}. A request ends when its handler returns: an exchange that is handed to
 * another thread unanswered counts with the status {@code unknown}.
 *
 * <p>A request is in progress under the path of its context, and counts under the first of these that is known at its end: what
 * the resolver of {@link #withEndpoint} says, the exchange's attribute {@link #ENDPOINT}, what it was started with. The raw path
 * is never used: what only the context {@code /} serves is {@code other}.
 *
 * <p>What the handler throws leaves unchanged and counts as 500. Where writing to the client, or reading from it, failed, it
 * counts as 499.
 *
 * <p>Immutable and thread-safe; takes no lock and never throws anything of its own.
 */
@SuppressWarnings("exports") // who uses it has the library
public final class LoomHttpFilter extends Filter {
    /**
     * The attribute in which a handler may leave the route template of its request, as a string. This one belongs to the
     * exchange alone. All others are the server's, which until JDK 26 shares them among all exchanges of a context.
     */
    public static final String ENDPOINT = "io.loom.metrics.endpoint";

    private static final String ROOT = "/";
    private static final String OTHER = "other";

    private final HttpMeters meters;
    private final EndpointResolver<HttpExchange> atStart;
    private final EndpointResolver<HttpExchange> atEnd;

    private LoomHttpFilter(
            HttpMeters meters, EndpointResolver<HttpExchange> atStart, EndpointResolver<HttpExchange> atEnd) {
        this.meters = meters;
        this.atStart = atStart;
        this.atEnd = atEnd;
    }

    /** {@return a filter for any number of contexts; put it before all others} */
    public static LoomHttpFilter of(LoomMetrics loom) {
        return new LoomHttpFilter(
                Objects.requireNonNull(loom, "loom").http(), EndpointResolver.none(), EndpointResolver.none());
    }

    /**
     * {@return such a filter whose requests are in progress under what {@code resolver} says, instead of the context's path}
     *
     * @param resolver gives the route template, null where it does not know; what it throws counts as null
     */
    public LoomHttpFilter withEndpointAtStart(Function<? super HttpExchange, ? extends @Nullable String> resolver) {
        return new LoomHttpFilter(meters, new EndpointResolver<>(resolver), atEnd);
    }

    /**
     * {@return such a filter whose requests count under what {@code resolver} says at their end}
     *
     * @param resolver gives the route template, null where it does not know; what it throws counts as null
     */
    public LoomHttpFilter withEndpoint(Function<? super HttpExchange, ? extends @Nullable String> resolver) {
        return new LoomHttpFilter(meters, atStart, new EndpointResolver<>(resolver));
    }

    @Override
    public String description() {
        return "Meters requests with loom-metrics";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        HttpRequest metered = meters.start(exchange.getRequestMethod(), startEndpoint(exchange));
        ExchangeWatch watch = new ExchangeWatch();
        HttpExchange watched = WatchedExchange.of(exchange, watch);
        try {
            chain.doFilter(watched);
        } catch (Throwable failure) { // the very same leaves
            metered.status(watch.statusOf(exchange.getResponseCode(), failure));
            end(metered, watch, watched);
            throw failure;
        }
        metered.status(watch.statusOf(exchange.getResponseCode()));
        end(metered, watch, watched);
    }

    private String startEndpoint(HttpExchange exchange) {
        String resolved = atStart.resolve(exchange);
        if (resolved != null) {
            return resolved;
        }
        String path = exchange.getHttpContext().getPath();
        return path.equals(ROOT) ? OTHER : path;
    }

    private void end(HttpRequest metered, ExchangeWatch watch, HttpExchange exchange) {
        String resolved = atEnd.resolve(exchange);
        String endpoint = resolved != null ? resolved : watch.endpoint();
        if (endpoint != null) {
            metered.endpoint(endpoint);
        }
        metered.close();
    }
}
