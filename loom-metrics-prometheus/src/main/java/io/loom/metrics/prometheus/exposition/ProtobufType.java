package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.family.FamilyType;

/** The types of {@code metrics.proto} that families have. */
enum ProtobufType {
    COUNTER(0, 3),
    GAUGE(1, 2),
    SUMMARY(2, 4),
    HISTOGRAM(4, 7);

    private final int number;
    private final int field;

    ProtobufType(int number, int field) {
        this.number = number;
        this.field = field;
    }

    static ProtobufType of(FamilyType type) {
        return switch (type) {
            case COUNTER -> COUNTER;
            case GAUGE, INFO, GAUGE_HISTOGRAM, GAUGE_HISTOGRAM_PART -> GAUGE;
            case SUMMARY -> SUMMARY;
            case HISTOGRAM, NATIVE_HISTOGRAM -> HISTOGRAM;
        };
    }

    /** {@return the number in the enum {@code MetricType}} */
    int number() {
        return number;
    }

    /** {@return the field of {@code Metric} that has the value} */
    int field() {
        return field;
    }
}
