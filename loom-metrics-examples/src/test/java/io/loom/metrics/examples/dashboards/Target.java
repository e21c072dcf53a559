package io.loom.metrics.examples.dashboards;

/**
 * One query of a panel.
 *
 * @param query what Prometheus is asked
 * @param legend what a series is called; labels in double braces. In a table the name of the column
 * @param unit of a table's column; elsewhere the panel's
 */
record Target(Promql query, String legend, Unit unit) {}
