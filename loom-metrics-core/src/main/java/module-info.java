/** Typed meters for narrative services, over any Micrometer registry. */
@SuppressWarnings("module") // the other module is built later
module io.loom.metrics.core {
    requires transitive java.net.http;
    requires transitive micrometer.core;
    requires java.management;
    requires jdk.management;
    requires micrometer.commons;
    requires org.slf4j;
    // Not transitive: who compiles against this module need not have them.
    requires static com.fasterxml.jackson.databind;
    requires static com.github.benmanes.caffeine;
    requires static jakarta.servlet;
    requires static java.instrument;
    requires static jdk.httpserver;
    requires static langchain4j.anthropic;
    requires static langchain4j.core;
    requires static langchain4j.http.client;
    requires static langchain4j.open.ai;
    requires static micrometer.observation;
    requires static net.bytebuddy;
    requires static net.bytebuddy.agent;
    requires static org.assertj.core;
    requires static org.reactivestreams;
    requires static reactor.core;
    requires static spring.ai.commons;
    requires static spring.ai.model;
    requires static spring.web;
    requires static spring.webflux;
    requires static transitive org.jspecify;

    exports io.loom.metrics;
    exports io.loom.metrics.assertj;
    exports io.loom.metrics.binder;
    exports io.loom.metrics.catalogue;
    exports io.loom.metrics.health;
    exports io.loom.metrics.llm;
    exports io.loom.metrics.spi to
            io.loom.metrics.prometheus;
    exports io.loom.metrics.weaving;
    exports io.loom.metrics.woven; // to methods that are woven

    uses io.loom.metrics.health.MonitorPlugin;
}
