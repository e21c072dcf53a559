package io.loom.metrics.prometheus.benchmarks;

import static java.util.stream.Collectors.joining;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a side has recorded, in one notation for all: {@code name{label="value",…}} to what it shows, without zeros. */
final class Samples {
    private Samples() {}

    /** {@return the samples of a page in the text format} */
    static Map<String, Double> of(String page) {
        Map<String, Double> samples = new HashMap<>();
        page.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            put(samples, sorted(line.substring(0, space)), Double.parseDouble(line.substring(space + 1)));
        });
        return samples;
    }

    /** {@return the samples of long sums and of histograms, by the names that Prometheus gives them} */
    static Map<String, Double> of(Collection<MetricData> metrics) {
        Map<String, Double> samples = new HashMap<>();
        for (MetricData metric : metrics) {
            String name = metric.getName();
            if (metric.getType() == MetricDataType.HISTOGRAM) {
                metric.getHistogramData().getPoints().forEach(point -> putHistogram(samples, name, point));
            } else {
                String suffix = metric.getLongSumData().isMonotonic() ? "_total" : "";
                for (LongPointData point : metric.getLongSumData().getPoints()) {
                    put(samples, key(name + suffix, point.getAttributes()), (double) point.getValue());
                }
            }
        }
        return samples;
    }

    /** {@return the sums of both} */
    static Map<String, Double> merged(Map<String, Double> one, Map<String, Double> other) {
        Map<String, Double> sums = new HashMap<>(one);
        other.forEach((key, value) -> sums.merge(key, value, Double::sum));
        return sums;
    }

    private static void putHistogram(Map<String, Double> samples, String name, HistogramPointData point) {
        put(samples, key(name + "_count", point.getAttributes()), (double) point.getCount());
        put(samples, key(name + "_sum", point.getAttributes()), point.getSum());
        long cumulative = 0;
        for (int i = 0; i < point.getCounts().size(); i++) {
            cumulative += point.getCounts().get(i);
            String bound = i < point.getBoundaries().size()
                    ? Double.toString(point.getBoundaries().get(i))
                    : "+Inf";
            put(samples, key(name + "_bucket", point.getAttributes(), "le=\"" + bound + '"'), (double) cumulative);
        }
    }

    private static void put(Map<String, Double> samples, String key, double value) {
        if (value != 0) {
            samples.put(key, value);
        }
    }

    private static String key(String name, Attributes attributes, String... more) {
        Stream<String> labels = attributes.asMap().entrySet().stream()
                .map(label -> label.getKey().getKey() + "=\"" + label.getValue() + '"');
        return key(name, Stream.concat(labels, Arrays.stream(more)));
    }

    private static String key(String name, Stream<String> labels) {
        return labels.sorted().collect(joining(",", name + '{', "}"));
    }

    private static String sorted(String key) {
        int brace = key.indexOf('{');
        return brace < 0
                ? key + "{}"
                : key(
                        key.substring(0, brace),
                        Arrays.stream(
                                key.substring(brace + 1, key.lastIndexOf('}')).split(",")));
    }
}
