/**
 * The service's HTTP side: routes, JSON, and the router that meters every request by its route template. Handlers know
 * nothing of metrics.
 */
@NullMarked
package io.loom.metrics.examples.http;

import org.jspecify.annotations.NullMarked;
