/**
 * Measures loom beside its peers: Micrometer's Prometheus registry, client_java and the OpenTelemetry SDK. A row is a class, a
 * peer is a method, and all of them record the same meters. Public classes are public for the sake of JMH only.
 */
@NullMarked
package io.loom.metrics.prometheus.benchmarks;

import org.jspecify.annotations.NullMarked;
