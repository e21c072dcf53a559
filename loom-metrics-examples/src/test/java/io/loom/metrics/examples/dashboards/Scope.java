package io.loom.metrics.examples.dashboards;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.examples.promql.CatalogueNames;
import java.util.ArrayList;
import java.util.List;

/**
 * What a dashboard's variables leave to see: of each metric the series of the chosen jobs and instances and, where the metric has
 * the label, of the chosen providers, models, endpoints or genres.
 *
 * @param labels the variables that choose by a label of the catalogue
 */
record Scope(List<Variable> labels) {
    private static final List<String> SERVICE = List.of(Variable.JOB.matcher(), Variable.INSTANCE.matcher());

    /** All of the chosen jobs and instances. */
    static final Scope WHOLE = of();

    static Scope of(Variable... labels) {
        return new Scope(List.of(labels));
    }

    /** {@return the variables of the dashboard} */
    List<Variable> variables() {
        List<Variable> variables = new ArrayList<>(List.of(Variable.DATA_SOURCE, Variable.JOB, Variable.INSTANCE));
        variables.addAll(labels);
        return variables;
    }

    /** {@return the series of a metric of the catalogue} */
    Selector of(LoomMeter meter) {
        List<String> matchers = new ArrayList<>(SERVICE);
        labels.stream()
                .filter(variable -> meter.spec().labelKeys().contains(variable.name()))
                .forEach(variable -> matchers.add(variable.matcher()));
        return new Selector(CatalogueNames.of(meter), matchers);
    }

    /** {@return the series of a metric that is not ours, of the chosen jobs and instances} */
    static Selector ofService(String foreign) {
        return new Selector(foreign, SERVICE);
    }

    /** {@return the series of a metric of the node exporter, of the chosen hosts} */
    static Selector ofHost(String foreign) {
        return new Selector(foreign, List.of(Variable.NODE.matcher("instance")));
    }

    /** {@return the series of a metric of cAdvisor, of the chosen images} */
    static Selector ofContainers(String foreign) {
        return new Selector(foreign, List.of(Variable.IMAGE.matcher(), "image!=\"\""));
    }
}
