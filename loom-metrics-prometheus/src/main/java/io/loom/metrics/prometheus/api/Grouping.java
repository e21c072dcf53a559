package io.loom.metrics.prometheus.api;

import io.loom.metrics.catalogue.Label;
import java.util.Arrays;
import java.util.List;

/** What samples are summed by: all together, or by the values of some labels. */
enum Grouping {
    ALL(1),
    ENDPOINT(100, Label.METHOD, Label.ENDPOINT),
    MODEL(100, Label.PROVIDER, Label.MODEL),
    ERROR_TYPE(100, Label.ERROR_TYPE),
    RATE_LIMIT(400, Label.PROVIDER, Label.MODEL, Label.RESOURCE),
    CACHE_TYPE(100, Label.CACHE_TYPE),
    GENRE(100, Label.GENRE),
    INTERACTION_TYPE(100, Label.INTERACTION_TYPE),
    RULE_TYPE(100, Label.RULE_TYPE),
    BUILD(1, Label.VERSION, Label.REVISION);

    private final int limit;
    private final List<String> keys;

    Grouping(int limit, Label... labels) {
        this.limit = limit;
        this.keys = Arrays.stream(labels).map(Label::key).toList();
    }

    /** {@return how many groups a reading keeps} Of more, those with the largest amounts are kept. */
    int limit() {
        return limit;
    }

    /** {@return the labels whose values tell groups apart} */
    List<String> keys() {
        return keys;
    }
}
