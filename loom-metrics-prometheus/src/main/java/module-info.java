/** A Micrometer registry for Prometheus: lock-free cells, and a page that is rendered straight from them. */
module io.loom.metrics.prometheus {
    requires transitive io.loom.metrics.core;
    requires transitive io.prometheus.metrics.tracer.common;
    requires transitive jdk.httpserver;
    requires transitive micrometer.registry.prometheus;
    requires org.slf4j;
    // Not transitive: who compiles against this module need not have it.
    requires static jakarta.servlet;
    requires static transitive org.jspecify;

    exports io.loom.metrics.prometheus;
    exports io.loom.metrics.prometheus.http;
}
