package io.loom.metrics.prometheus;

import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterKind;
import io.loom.metrics.catalogue.MeterSpec;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes {@code docs/metrics.md} from the catalogue. */
final class MetricsDocument {
    private static final String HEAD = """
            # Metrics

            This page is made from the catalogue (`LoomMeter`) by `MetricsDocumentTest`. Do not edit it by hand.
            To write it anew, run the command in [CONTRIBUTING](../CONTRIBUTING.md).

            Names are those on a Prometheus page. A histogram also has the samples `_bucket`, `_count` and `_sum`, and a gauge
            `_max`: its largest value of the last minutes.

            | metric | kind | labels | meaning | stability |
            |---|---|---|---|---|
            """;

    private static final String BUCKETS_HEAD = """

            ## Buckets

            Upper bounds in seconds. Every threshold that an alert uses is one of them.

            | metric | bounds |
            |---|---|
            """;

    private static final String LABELS_HEAD = """

            ## Labels

            An open label takes values from outside and has a value budget: values beyond it become `other`.

            | label | open |
            |---|---|
            """;

    private MetricsDocument() {}

    static String render() {
        StringBuilder page = new StringBuilder(HEAD);
        for (LoomMeter meter : LoomMeter.values()) {
            MeterSpec spec = meter.spec();
            page.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            nameOnThePage(spec),
                            kind(spec),
                            spec.labelKeys().isEmpty() ? "none" : String.join(", ", spec.labelKeys()),
                            spec.help(),
                            meter.stability().name().toLowerCase(Locale.ROOT)));
        }
        page.append(BUCKETS_HEAD);
        Arrays.stream(LoomMeter.values())
                .map(LoomMeter::spec)
                .filter(spec -> !spec.buckets().equals(Buckets.NONE))
                .forEach(spec -> page.append("| `%s` | %s |%n".formatted(nameOnThePage(spec), bounds(spec))));
        page.append(LABELS_HEAD);
        for (Label label : Label.values()) {
            page.append("| `%s` | %s |%n".formatted(label.key(), label.isOpen() ? "yes" : "no"));
        }
        return page.toString();
    }

    static String nameOnThePage(MeterSpec spec) {
        String name = new PrometheusNamingConvention().name(spec.name(), type(spec.kind()), spec.baseUnit());
        if (spec.kind() == MeterKind.COUNTER) {
            return name + "_total";
        }
        return spec.name().endsWith(".info") ? name + "_info" : name;
    }

    private static Meter.Type type(MeterKind kind) {
        return switch (kind) {
            case COUNTER -> Meter.Type.COUNTER;
            case GAUGE -> Meter.Type.GAUGE;
            case TIMER -> Meter.Type.TIMER;
            case SUMMARY -> Meter.Type.DISTRIBUTION_SUMMARY;
        };
    }

    private static String kind(MeterSpec spec) {
        return switch (spec.kind()) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case TIMER, SUMMARY -> "histogram";
        };
    }

    private static String bounds(MeterSpec spec) {
        return Arrays.stream(spec.buckets().upperBounds())
                .mapToObj(bound -> bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound))
                .collect(Collectors.joining(" "));
    }
}
