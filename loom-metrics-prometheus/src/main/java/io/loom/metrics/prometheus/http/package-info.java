/**
 * Serving the page over HTTP: {@link io.loom.metrics.prometheus.http.MetricsPage} settles what a client gets, whatever the
 * framework. A handler for the JDK's server, a small server of our own and a servlet pass requests on to it.
 */
@NullMarked
package io.loom.metrics.prometheus.http;

import org.jspecify.annotations.NullMarked;
