package io.loom.metrics.binder;

import io.loom.metrics.LoomMetrics;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller's function from a request to its route template. What it throws must not reach the request: it counts as if the
 * function knew nothing, and the first is logged. Thread-safe.
 */
final class EndpointResolver<R> {
    private static final Logger log = LoggerFactory.getLogger(LoomMetrics.class);

    private final Function<? super R, ? extends @Nullable String> function;
    private volatile boolean warned;

    EndpointResolver(Function<? super R, ? extends @Nullable String> function) {
        this.function = Objects.requireNonNull(function, "resolver");
    }

    /** {@return a resolver that knows nothing} */
    static <R> EndpointResolver<R> none() {
        return new EndpointResolver<>(request -> null);
    }

    /** {@return the route template; null where it is not known} */
    @Nullable
    String resolve(R request) {
        try {
            return function.apply(request);
        } catch (Throwable e) { // the request goes on
            warn(e);
            return null;
        }
    }

    private void warn(Throwable failure) {
        if (!warned) {
            warned = true;
            log.warn(
                    "an endpoint resolver threw {}: its requests count as if it had returned null. Further failures are not"
                            + " logged.",
                    failure.getClass().getName());
        }
    }
}
