/**
 * Serving the page over HTTP: a handler for the JDK's server, and a small server of our own.
 */
@NullMarked
package io.loom.metrics.prometheus.http;

import org.jspecify.annotations.NullMarked;
