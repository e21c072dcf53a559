/**
 * Both ways with client_java: our families as its snapshots, and the snapshots of others on our page. Others may fail in any way;
 * it costs their own lines.
 */
@NullMarked
package io.loom.metrics.prometheus.collector;

import org.jspecify.annotations.NullMarked;
