package io.loom.metrics.examples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/** A distribution whose quantiles are known exactly, and how many buckets it may take. */
record KnownDistribution(DoubleUnaryOperator quantile, int firstSchema, int maxBuckets) {
    static final int SCHEMA = 5;
    static final int MANY_BUCKETS = 1_000;
    static final int FEW_BUCKETS = 20;

    private static final int EVENTS = 100_000;

    static final Map<String, KnownDistribution> BY_NAME = Map.of(
            "native_uniform", new KnownDistribution(q -> q, SCHEMA, MANY_BUCKETS),
            "native_exponential_seconds", new KnownDistribution(q -> -Math.log1p(-q), SCHEMA, MANY_BUCKETS),
            // log-logistic: heavy tails on both sides
            "native_coarse", new KnownDistribution(q -> Math.sqrt(q / (1 - q)), 8, FEW_BUCKETS));

    /** One value for each slice of the probability, at a random place in it, and in random order. */
    void draw(DoubleConsumer to) {
        Random random = new Random(17);
        List<Double> values = random.doubles(EVENTS).boxed().collect(Collectors.toList());
        for (int i = 0; i < EVENTS; i++) {
            values.set(i, quantile.applyAsDouble((i + values.get(i)) / EVENTS));
        }
        Collections.shuffle(values, random);
        values.forEach(to::accept);
    }

    /** {@return the finest schema whose buckets suffice} */
    int schema() {
        int schema = firstSchema;
        while (buckets(schema) > maxBuckets) {
            schema--;
        }
        return schema;
    }

    private long buckets(int schema) {
        List<Long> indexes = new ArrayList<>();
        draw(value -> indexes.add((long) Math.ceil(Math.log(value) / Math.log(2) * Math.pow(2, schema))));
        return indexes.stream().distinct().count();
    }
}
