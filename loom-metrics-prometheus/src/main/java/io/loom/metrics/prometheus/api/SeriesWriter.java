package io.loom.metrics.prometheus.api;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BoundText;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.Family;
import io.loom.metrics.prometheus.family.LabelBlock;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes families as the text format 0.0.4 shows them, under the same names. One for each answer; not thread-safe. */
final class SeriesWriter implements SampleVisitor {
    private static final int NANO_DIGITS = 9;
    private static final String BUCKET = "_bucket";
    private static final String COUNT = "_count";
    private static final String SUM = "_sum";
    private static final String LE = "le";

    private final Json json;
    private final long nowNanos;
    private String name = "";
    private boolean begun;

    private SeriesWriter(Json json, long nowNanos) {
        this.json = json;
        this.nowNanos = nowNanos;
    }

    static void write(Json json, Families families, long epochMillis, long nowNanos) throws IOException {
        SeriesWriter writer = new SeriesWriter(json, nowNanos);
        Summary.version(json);
        json.text("time", Instant.ofEpochMilli(epochMillis).toString());
        json.beginArray("families");
        families.visit(writer);
        writer.endFamily();
        json.endArray();
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void family(Family family) throws IOException {
        endFamily();
        begun = true;
        name = text(family.sampleName());
        json.beginElement();
        json.text("name", name);
        json.text("type", text(family.type().textType()));
        json.text("help", family.help());
        byte @Nullable [] unit = family.unit();
        json.text("unit", unit == null ? null : text(unit));
        json.beginArray("samples");
    }

    @Override
    public void sample(Labels labels, long value) throws IOException {
        sample(labels, (double) value);
    }

    @Override
    public void sample(Labels labels, double value) throws IOException {
        put("", labels, null, null, value);
    }

    @Override
    public void sampleNanos(Labels labels, long nanos) throws IOException {
        sample(labels, seconds(nanos));
    }

    @Override
    public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) throws IOException {
        long[] counts = cell.buckets();
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i];
            put(BUCKET, labels, LE, buckets.text(i), (double) count);
        }
        put(COUNT, labels, null, null, (double) count);
        put(SUM, labels, null, null, sum(cell));
    }

    @Override
    public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum)
            throws IOException {
        for (int i = 0; i < upperBounds.length; i++) {
            put(BUCKET, labels, LE, BoundText.of(upperBounds[i]), (double) cumulativeCounts[i]);
        }
    }

    @Override
    public void quantile(Labels labels, double quantile, double value) throws IOException {
        put("", labels, "quantile", BoundText.of(quantile), value);
    }

    @Override
    public void summary(Labels labels, HistogramCell cell) throws IOException {
        summary(labels, cell.count(), sum(cell));
    }

    @Override
    public void summary(Labels labels, long count, double sum) throws IOException {
        put(COUNT, labels, null, null, (double) count);
        put(SUM, labels, null, null, sum);
    }

    private void put(String suffix, Labels labels, @Nullable String ownLabel, byte @Nullable [] ownValue, double value)
            throws IOException {
        json.beginElement();
        json.text("name", name + suffix);
        json.beginObject("labels");
        for (Map.Entry<String, String> label : LabelBlock.decode(labels.toString())) {
            json.text(label.getKey(), label.getValue());
        }
        if (ownLabel != null && ownValue != null) {
            json.text(ownLabel, text(ownValue));
        }
        json.endObject();
        json.value("value", value);
        json.endObject();
    }

    private void endFamily() throws IOException {
        if (begun) {
            json.endArray();
            json.endObject();
        }
    }

    private static double sum(HistogramCell cell) {
        return cell.layout().isNanos() ? seconds(cell.sumNanos()) : cell.sumAmounts();
    }

    /** {@return the double that the exact decimal of the text format parses to} */
    private static double seconds(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).doubleValue();
    }

    private static String text(byte[] encoded) {
        return new String(encoded, StandardCharsets.UTF_8);
    }
}
