/**
 * Where spans go: nowhere, or to a receiver of OTLP. Who opens spans uses OpenTelemetry's API, and need not know which of the
 * two it is.
 */
@NullMarked
package io.loom.metrics.examples.tracing;

import org.jspecify.annotations.NullMarked;
