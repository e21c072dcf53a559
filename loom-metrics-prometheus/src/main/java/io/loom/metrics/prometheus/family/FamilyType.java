package io.loom.metrics.prometheus.family;

import java.nio.charset.StandardCharsets;

/** What a family is on the page. */
public enum FamilyType {
    /** Samples end in {@code _total}. */
    COUNTER("counter", "_total"),
    /** One sample a series. */
    GAUGE("gauge", ""),
    /** A gauge of 1 whose labels tell; samples end in {@code _info}. */
    INFO("gauge", "_info"),
    /** Buckets, count and sum. */
    HISTOGRAM("histogram", ""),
    /** Count and sum. */
    SUMMARY("summary", "");

    private final byte[] textType;
    private final String suffix;

    FamilyType(String textType, String suffix) {
        this.textType = textType.getBytes(StandardCharsets.US_ASCII);
        this.suffix = suffix;
    }

    /** {@return the encoded name of the type in the text format 0.0.4; not to be changed} */
    public byte[] textType() {
        return textType;
    }

    /** {@return what is added to the family's name to name its samples} */
    public String suffix() {
        return suffix;
    }
}
