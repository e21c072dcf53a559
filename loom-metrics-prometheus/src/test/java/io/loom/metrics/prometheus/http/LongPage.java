package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.Counter;

/** A page of 12 MB, which is more than the buffers of both sockets hold. No line is longer than a page's buffer. */
final class LongPage {
    static final int LENGTH = 12_000_000;

    private static final int LINE = 12_000;

    private LongPage() {}

    static void register(LoomPrometheusRegistry registry) {
        String description = "x".repeat(LINE);
        for (int i = 0; i < LENGTH / LINE; i++) {
            Counter.builder("long." + i).description(description).register(registry);
        }
    }
}
