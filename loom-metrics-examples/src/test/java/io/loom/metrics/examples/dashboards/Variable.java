package io.loom.metrics.examples.dashboards;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.examples.promql.CatalogueNames;

/**
 * What a reader chooses above the panels.
 *
 * @param name as queries write it, behind a dollar sign
 * @param title as the reader sees it
 * @param type Grafana's name: {@code datasource} or {@code query}
 * @param query where its values come from
 */
record Variable(String name, String title, String type, String query) {
    static final Variable DATA_SOURCE = new Variable("datasource", "Data source", "datasource", "prometheus");

    private static final String BUILDS = CatalogueNames.of(LoomMeter.BUILD_INFO);
    private static final String OF_THE_SERVICE = "job=~\"$job\", instance=~\"$instance\"";

    /** Only jobs that have loom-metrics. */
    static final Variable JOB = labelValues("job", "Job", BUILDS);

    static final Variable INSTANCE = labelValues("instance", "Instance", BUILDS + "{job=~\"$job\"}");
    static final Variable PROVIDER = ofLabel(Label.PROVIDER, "Provider", LoomMeter.LLM_REQUESTS, "");
    static final Variable MODEL = ofLabel(Label.MODEL, "Model", LoomMeter.LLM_REQUESTS, ", provider=~\"$provider\"");
    static final Variable ENDPOINT = ofLabel(Label.ENDPOINT, "Endpoint", LoomMeter.HTTP_REQUESTS, "");
    static final Variable GENRE = ofLabel(Label.GENRE, "Genre", LoomMeter.NARRATIVES_GENERATED, "");
    static final Variable NODE = new Variable("node", "Host", "query", "label_values(node_uname_info, instance)");
    static final Variable IMAGE = new Variable(
            "image", "Container image", "query", "label_values(container_memory_working_set_bytes, image)");

    /** {@return the matcher that lets a query see what the reader chose} */
    String matcher() {
        return matcher(name);
    }

    /** {@return the same, for a label of another name} */
    String matcher(String label) {
        return label + "=~\"$" + name + '"';
    }

    private static Variable ofLabel(Label label, String title, LoomMeter meter, String more) {
        String series = CatalogueNames.of(meter) + '{' + OF_THE_SERVICE + more + '}';
        return labelValues(label.key(), title, series);
    }

    private static Variable labelValues(String label, String title, String series) {
        return new Variable(label, title, "query", "label_values(" + series + ", " + label + ')');
    }
}
