package io.loom.metrics.examples.tracing;

import java.net.URI;
import java.util.Set;

/**
 * Who receives spans.
 *
 * @param endpoint base URL of a receiver of OTLP over HTTP, such as {@code http://localhost:4318}
 * @param sampling 0 to 1: the share of the traces that begin here; who calls with a trace of his own decides for it
 */
public record TraceTarget(URI endpoint, double sampling) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /**
     * Checks.
     *
     * @throws IllegalArgumentException where a value is out of range
     */
    public TraceTarget {
        if (endpoint.getHost() == null || !SCHEMES.contains(String.valueOf(endpoint.getScheme()))) {
            throw new IllegalArgumentException("otlp-endpoint must be an http or https URL: was \"" + endpoint + '"');
        }
        if (!(sampling >= 0 && sampling <= 1)) {
            throw new IllegalArgumentException("trace-sampling must be 0 to 1: was " + sampling);
        }
    }

    /** {@return the URL of spans, which the protocol puts below the base} */
    String spans() {
        String base = endpoint.toString();
        return (base.endsWith("/") ? base : base + '/') + "v1/traces";
    }
}
