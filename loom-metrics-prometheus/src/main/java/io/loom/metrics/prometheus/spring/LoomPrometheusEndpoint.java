package io.loom.metrics.prometheus.spring;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.ScrapeDeadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * A registry's page as an endpoint of Spring Boot's actuator. Thread-safe. The actuator takes a whole answer, so that a page is in
 * memory while it is sent; a {@link io.loom.metrics.prometheus.http.MetricsServer} streams it.
 */
@WebEndpoint(id = "prometheus")
public final class LoomPrometheusEndpoint {
    private static final int FIRST_SIZE = 16 * 1024;
    private static final int ROOM_TO_GROW = 1024;

    private final LoomPrometheusRegistry registry;
    private volatile int nextSize = FIRST_SIZE;

    /** Creates an endpoint. */
    public LoomPrometheusEndpoint(LoomPrometheusRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * {@return the page, in the format that the scraper likes best}
     *
     * @param includedNames of families or of their samples: only these are shown; null for all
     */
    @ReadOperation(producesFrom = ScrapeFormat.class)
    public WebEndpointResponse<byte[]> scrape(ScrapeFormat format, @Nullable Set<String> includedNames) {
        ByteArrayOutputStream page = new ByteArrayOutputStream(nextSize);
        try {
            registry.scrape(
                    format.format(), includedNames == null ? Set.of() : includedNames, ScrapeDeadline.none(), page);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        nextSize = page.size() + ROOM_TO_GROW;
        return new WebEndpointResponse<>(page.toByteArray(), format);
    }
}
