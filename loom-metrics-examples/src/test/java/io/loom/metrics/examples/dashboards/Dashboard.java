package io.loom.metrics.examples.dashboards;

import java.util.List;

/**
 * One dashboard.
 *
 * @param uid what links and addresses call it, and its file
 * @param title what readers call it
 * @param description one sentence
 * @param variables in the order of the bar above the panels
 * @param rows from top to bottom
 */
record Dashboard(String uid, String title, String description, List<Variable> variables, List<Row> rows) {
    Dashboard {
        variables = List.copyOf(variables);
        rows = List.copyOf(rows);
    }

    /** {@return all of them, in the order in which a reader gets to them} */
    static List<Dashboard> all() {
        return List.of(OverviewDashboard.make(), LlmDashboard.make(), BusinessDashboard.make(), SystemDashboard.make());
    }
}
