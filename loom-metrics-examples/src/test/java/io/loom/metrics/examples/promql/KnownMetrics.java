package io.loom.metrics.examples.promql;

import io.loom.metrics.examples.promql.KnownMetric.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All metrics that a query may name: those of the catalogue, those of others that {@code foreign-metrics.txt} lists, and those
 * that rules record.
 *
 * @param bySample by the name of each of its samples
 */
public record KnownMetrics(Map<String, KnownMetric> bySample) {
    /** {@return the catalogue's metrics and the foreign ones} */
    public static KnownMetrics all() {
        Map<String, KnownMetric> all = new LinkedHashMap<>(CatalogueNames.samples());
        ForeignMetrics.all().forEach(metric -> all.put(metric.name(), metric));
        return new KnownMetrics(all);
    }

    /** {@return these and what a rule records; it has the labels that its query leaves} */
    public KnownMetrics recording(String name, String query) {
        Set<String> labels = labels(query);
        Map<String, KnownMetric> more = new LinkedHashMap<>(bySample);
        more.put(name, new KnownMetric(name, Source.RULES, query, labels, LabelValues.of(labels)));
        return new KnownMetrics(more);
    }

    /** {@return the metric that a sample belongs to} */
    public Optional<KnownMetric> find(String sample) {
        return Optional.ofNullable(bySample.get(sample));
    }

    /** {@return what is wrong with the names in a query, one sentence each} */
    public List<String> faults(String query) {
        Check check = new Check(this);
        Parser.parse(query).labels(check);
        return check.faults();
    }

    /** {@return the labels of what a query answers} */
    public Set<String> labels(String query) {
        return Parser.parse(query).labels(new Check(this)).names();
    }

    /** {@return the samples that a query names, as they follow each other} */
    public static List<String> named(String query) {
        return Parser.parse(query).selectors().map(Selector::metric).toList();
    }
}
