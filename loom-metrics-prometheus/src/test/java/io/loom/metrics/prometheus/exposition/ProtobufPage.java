package io.loom.metrics.prometheus.exposition;

import static io.loom.metrics.prometheus.exposition.TextPage.require;

import io.loom.metrics.prometheus.exposition.TextPage.Family;
import io.loom.metrics.prometheus.exposition.TextPage.Series;
import io.loom.metrics.prometheus.family.BoundText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page of the protobuf format, read by the generated parser, and strictly: what a careful producer would never write is
 * refused. Samples have the names that the text formats give them, so that pages can be compared.
 */
public final class ProtobufPage {
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Map<String, String> VALUE_FIELDS =
            Map.of("COUNTER", "counter", "GAUGE", "gauge", "SUMMARY", "summary", "HISTOGRAM", "histogram");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Map<Series, Double> samples = new LinkedHashMap<>();
    private final Map<Series, OpenMetricsPage.Exemplar> exemplars = new LinkedHashMap<>();
    private final Map<Series, ExponentialCheck> exponentials = new LinkedHashMap<>();
    private final Set<Series> metrics = new HashSet<>();
    private final List<Object> messages;
    private @Nullable Family current;

    private ProtobufPage(List<Object> messages) {
        this.messages = messages;
    }

    /**
     * {@return the page}
     *
     * @throws IllegalArgumentException where it is not well-formed; the message shows the family
     */
    public static ProtobufPage parse(byte[] bytes) {
        ProtobufPage page = new ProtobufPage(GeneratedParser.parse(bytes));
        for (Object message : page.messages) {
            try {
                page.read(GeneratedParser.fields(message));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(e.getMessage() + ": " + message, e);
            }
        }
        return page;
    }

    /** {@return the text form} */
    public String text() {
        return messages.stream().map(GeneratedParser::text).collect(Collectors.joining("\n"));
    }

    /** {@return how many messages there are} */
    public int messages() {
        return messages.size();
    }

    /** {@return the families, in the order of the page} */
    public Map<String, Family> families() {
        return Collections.unmodifiableMap(families);
    }

    /** {@return all samples, in the order of the page; of a native histogram without other buckets its count and sum} */
    public Map<Series, Double> samples() {
        return Collections.unmodifiableMap(samples);
    }

    /** {@return the value of a sample, of which the page must have one} */
    public double value(String name, String... labelNamesAndValues) {
        return Series.of(name, labelNamesAndValues).valueIn(samples);
    }

    /** {@return the exemplars of the samples that have one, and of native histograms without other buckets} */
    public Map<Series, OpenMetricsPage.Exemplar> exemplars() {
        return Collections.unmodifiableMap(exemplars);
    }

    /** {@return the exponential buckets of all native histograms} */
    public Map<Series, ExponentialCheck> exponentials() {
        return Collections.unmodifiableMap(exponentials);
    }

    /** {@return the exponential buckets of a native histogram, of which the page must have one} */
    public ExponentialCheck exponential(String name, String... labelNamesAndValues) {
        Series series = Series.of(name, labelNamesAndValues);
        ExponentialCheck found = exponentials.get(series);
        if (found == null) {
            throw new NoSuchElementException("the page has no native histogram " + series);
        }
        return found;
    }

    private void read(Map<String, Object> message) {
        Family family =
                new Family((String) message.get("name"), (String) message.get("type"), (String) message.get("help"));
        require(TextLine.isMetricName(family.name()), "must have a legal name");
        require(VALUE_FIELDS.containsKey(family.type()), "must have a known type");
        if (!family.equals(current)) {
            require(families.put(family.name(), family) == null, "begins a family that the page has already");
            current = family;
        }
        require(!list(message, "metric").isEmpty(), "must have metrics");
        for (Map<String, Object> metric : list(message, "metric")) {
            SortedMap<String, String> labels = labels(metric);
            require(metrics.add(new Series(family.name(), labels)), "repeats a series");
            String field = VALUE_FIELDS.get(family.type());
            metric.remove("label");
            require(metric.keySet().equals(Set.of(field)), "must have one value, which fits its type");
            value(family, labels, map(metric.get(field)));
        }
    }

    private void value(Family family, SortedMap<String, String> labels, Map<String, Object> value) {
        switch (family.type()) {
            case "HISTOGRAM" -> histogram(family.name(), labels, value);
            case "SUMMARY" -> summary(family.name(), labels, value);
            default -> {
                sample(family.name(), labels, (double) value.get("value"));
                exemplar(new Series(family.name(), labels), value.get("exemplar"));
            }
        }
    }

    private void histogram(String name, SortedMap<String, String> labels, Map<String, Object> histogram) {
        long count = (long) histogram.get("sample_count");
        double bound = Double.NEGATIVE_INFINITY;
        long cumulative = 0;
        for (Map<String, Object> bucket : list(histogram, "bucket")) {
            double le = (double) bucket.get("upper_bound");
            require(le > bound, "must have its buckets by rising bounds");
            require((long) bucket.get("cumulative_count") >= cumulative, "must have buckets that are cumulative");
            require(
                    histogram.containsKey("schema")
                            || !bucket.containsKey("exemplar")
                            || (long) bucket.get("cumulative_count") > cumulative,
                    "must have no exemplar in a bucket of 0");
            bound = le;
            cumulative = (long) bucket.get("cumulative_count");
            sample(name + "_bucket", with(labels, "le", le), (double) cumulative);
            exemplar(new Series(name + "_bucket", with(labels, "le", le)), bucket.get("exemplar"));
        }
        boolean classic = histogram.containsKey("bucket");
        require(!classic || bound == Double.POSITIVE_INFINITY, "must have a bucket to +Inf");
        require(!classic || cumulative == count, "must have a count that equals its bucket to +Inf");
        require(classic || histogram.containsKey("schema"), "must have buckets");
        if (histogram.containsKey("schema")) {
            exponentials.put(new Series(name, labels), ExponentialCheck.of(histogram));
        }
        List<Map<String, Object>> own = list(histogram, "exemplars");
        require(own.isEmpty() || (own.size() == 1 && !classic), "must have exemplars of its own where no bucket could");
        own.forEach(exemplar -> exemplar(new Series(name, labels), exemplar));
        countAndSum(name, labels, histogram);
    }

    private void summary(String name, SortedMap<String, String> labels, Map<String, Object> summary) {
        for (Map<String, Object> quantile : list(summary, "quantile")) {
            sample(name, with(labels, "quantile", (double) quantile.get("quantile")), (double) quantile.get("value"));
        }
        countAndSum(name, labels, summary);
    }

    private void countAndSum(String name, SortedMap<String, String> labels, Map<String, Object> value) {
        sample(name + "_count", labels, (double) (long) value.get("sample_count"));
        sample(name + "_sum", labels, (double) value.get("sample_sum"));
    }

    private void sample(String name, SortedMap<String, String> labels, double value) {
        require(samples.put(new Series(name, labels), value) == null, "repeats a sample");
    }

    private void exemplar(Series series, @Nullable Object message) {
        if (message != null) {
            Map<String, Object> exemplar = map(message);
            Map<String, Object> time = map(exemplar.get("timestamp"));
            long nanos = TimeUnit.SECONDS.toNanos((long) time.getOrDefault("seconds", 0L))
                    + (int) time.getOrDefault("nanos", 0);
            exemplars.put(
                    series,
                    new OpenMetricsPage.Exemplar(
                            labels(exemplar),
                            (double) exemplar.get("value"),
                            BigDecimal.valueOf(nanos, 9).doubleValue()));
        }
    }

    private static SortedMap<String, String> labels(Map<String, Object> metric) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (Map<String, Object> label : list(metric, "label")) {
            String name = (String) label.get("name");
            require(LABEL_NAME.matcher(name).matches(), "must have legal label names");
            require(labels.put(name, (String) label.get("value")) == null, "has label " + name + " twice");
        }
        return labels;
    }

    private static SortedMap<String, String> with(SortedMap<String, String> labels, String name, double bound) {
        SortedMap<String, String> more = new TreeMap<>(labels);
        more.put(name, new String(BoundText.of(bound), StandardCharsets.UTF_8));
        return more;
    }

    @SuppressWarnings("unchecked") // as GeneratedParser makes them
    static List<Map<String, Object>> list(Map<String, Object> message, String field) {
        return (List<Map<String, Object>>) message.getOrDefault(field, List.of());
    }

    @SuppressWarnings("unchecked") // as GeneratedParser makes them
    private static Map<String, Object> map(Object message) {
        return (Map<String, Object>) message;
    }
}
