/**
 * Makes the Grafana dashboards in {@code deploy/grafana-dashboards} from the catalogue. Each dashboard is one class that reads
 * like its table of contents; {@link io.loom.metrics.examples.dashboards.DashboardFilesTest} writes and compares the files.
 */
@NullMarked
package io.loom.metrics.examples.dashboards;

import org.jspecify.annotations.NullMarked;
