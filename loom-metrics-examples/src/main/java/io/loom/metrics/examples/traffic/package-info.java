/**
 * Readers who use the service over HTTP, so that its metrics have something to show. It knows the service's address and
 * nothing else of it.
 */
@NullMarked
package io.loom.metrics.examples.traffic;

import org.jspecify.annotations.NullMarked;
