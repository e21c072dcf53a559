package io.loom.metrics.prometheus.family;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a family is on the page. */
public enum FamilyType {
    /** Samples end in {@code _total}. */
    COUNTER("counter", "counter", "_total", List.of("_total"), Optional.empty()),
    /** One sample a series. */
    GAUGE("gauge", "gauge", "", List.of(""), Optional.empty()),
    /** A gauge of 1 whose labels tell; samples end in {@code _info}. */
    INFO("gauge", "info", "_info", List.of("_info"), Optional.empty()),
    /** Buckets, count and sum. */
    HISTOGRAM("histogram", "histogram", "", List.of("_bucket", "_count", "_sum"), Optional.of("le")),
    /** Exponential buckets, count and sum; a summary in formats that have no such buckets. */
    NATIVE_HISTOGRAM("summary", "summary", "", List.of("", "_count", "_sum"), Optional.of("quantile")),
    /** Buckets only, which go up and down. */
    GAUGE_HISTOGRAM("histogram", "gaugehistogram", "", List.of("_bucket"), Optional.of("le")),
    /** The count or the sum beside a gauge histogram, for formats whose gauge histograms have none of their own. */
    GAUGE_HISTOGRAM_PART("gauge", "gauge", "", List.of(""), Optional.empty()),
    /** Quantiles, count and sum. */
    SUMMARY("summary", "summary", "", List.of("", "_count", "_sum"), Optional.of("quantile"));

    private final byte[] textType;
    private final byte[] openMetricsType;
    private final String suffix;
    private final List<String> sampleSuffixes;
    private final Optional<String> reservedLabel;

    FamilyType(
            String textType,
            String openMetricsType,
            String suffix,
            List<String> sampleSuffixes,
            Optional<String> reservedLabel) {
        this.textType = textType.getBytes(StandardCharsets.US_ASCII);
        this.openMetricsType = openMetricsType.getBytes(StandardCharsets.US_ASCII);
        this.suffix = suffix;
        this.sampleSuffixes = sampleSuffixes;
        this.reservedLabel = reservedLabel;
    }

    /** {@return the encoded name of the type in the text format 0.0.4; not to be changed} */
    public byte[] textType() {
        return textType;
    }

    /** {@return the encoded name of the type in OpenMetrics; not to be changed} */
    public byte[] openMetricsType() {
        return openMetricsType;
    }

    /** {@return what is added to the family's name where the text format 0.0.4 names it} */
    public String suffix() {
        return suffix;
    }

    /** {@return the names that the samples of such a family have} */
    List<String> sampleNames(String familyName) {
        return sampleSuffixes.stream().map(familyName::concat).toList();
    }

    /** {@return the names that no other family may have samples of} */
    List<String> namesTaken(String familyName, boolean created) {
        List<String> names = sampleNames(familyName);
        if (created && (this == COUNTER || this == HISTOGRAM || this == SUMMARY)) {
            return Stream.concat(names.stream(), Stream.of(familyName + "_created"))
                    .toList();
        }
        return names;
    }

    /** {@return the label that the format adds itself, so that no series may bring it} */
    public Optional<String> reservedLabel() {
        return reservedLabel;
    }
}
