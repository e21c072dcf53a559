package io.loom.metrics.examples.dashboards;

/**
 * A way from a panel to the dashboard that tells more. It keeps the variables and the time.
 *
 * @param uid of that dashboard
 */
record Link(String title, String uid) {
    String url() {
        return "/d/" + uid + "?${__url_time_range}&${__all_variables}";
    }
}
