/** A Micrometer registry for Prometheus: lock-free cells, and a page that is rendered straight from them. */
module io.loom.metrics.prometheus {
    requires transitive io.loom.metrics.core;
    requires transitive io.prometheus.metrics.model;
    requires transitive io.prometheus.metrics.tracer.common;
    requires transitive jdk.httpserver;
    requires transitive micrometer.registry.prometheus;
    requires com.fasterxml.jackson.core;
    requires io.prometheus.writer.text;
    requires java.management;
    requires org.slf4j;
    // Not transitive: who compiles against this module need not have them.
    requires static jakarta.servlet;
    requires static spring.beans;
    requires static spring.boot;
    requires static spring.boot.actuator;
    requires static spring.boot.actuator.autoconfigure;
    requires static spring.boot.autoconfigure;
    requires static spring.boot.micrometer.metrics;
    requires static spring.context;
    requires static spring.core;
    requires static transitive org.jspecify;

    exports io.loom.metrics.prometheus;
    exports io.loom.metrics.prometheus.http;

    opens io.loom.metrics.prometheus.spring; // to Spring, which reads and calls its classes
}
