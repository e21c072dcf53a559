package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BoundText;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.Family;
import io.loom.metrics.prometheus.family.SampleVisitor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Renders the Prometheus text format 0.0.4. One for each scrape; not thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>
 */
public final class TextRenderer implements SampleVisitor {
    /** The content type of the format. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final byte[] HELP = ascii("# HELP ");
    private static final byte[] TYPE = ascii("# TYPE ");
    private static final byte[] BUCKET = ascii("_bucket");
    private static final byte[] COUNT = ascii("_count");
    private static final byte[] SUM = ascii("_sum");
    private static final byte[] LE = ascii("le=\"");
    private static final byte[] QUANTILE = ascii("quantile=\"");
    private static final byte[] END_OF_LABELS = ascii("} ");
    private static final byte[] END_OF_VALUE = ascii("\"} ");
    private static final byte[] NO_SUFFIX = {};

    /** What follows the prefix of a bucket's line at most: the bound, the count and what is between them. */
    private static final int MAX_BUCKET_TAIL = 64;

    private static final int NOWHERE = -1;

    private final Page page;
    private final long nowNanos;
    private byte[] name = NO_SUFFIX;

    private TextRenderer(OutputStream out, long nowNanos) {
        this.page = new Page(out);
        this.nowNanos = nowNanos;
    }

    /**
     * Renders a page.
     *
     * @param nowNanos a monotonic time, which turns the windows of maxima
     * @throws IOException where {@code out} does
     */
    public static void render(Families families, OutputStream out, long nowNanos) throws IOException {
        TextRenderer renderer = new TextRenderer(out, nowNanos);
        families.visit(renderer);
        renderer.page.flush();
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void family(Family family) throws IOException {
        name = family.sampleName();
        byte[] help = family.textHelp();
        if (help != null) {
            page.put(HELP);
            page.put(name);
            page.put(' ');
            page.put(help);
            page.put('\n');
        }
        page.put(TYPE);
        page.put(name);
        page.put(' ');
        page.put(family.type().textType());
        page.put('\n');
    }

    @Override
    public void sample(byte[] labels, long value) throws IOException {
        start(NO_SUFFIX, labels);
        page.put(value);
        page.put('\n');
    }

    @Override
    public void sample(byte[] labels, double value) throws IOException {
        start(NO_SUFFIX, labels);
        page.put(value);
        page.put('\n');
    }

    @Override
    public void sampleNanos(byte[] labels, long nanos) throws IOException {
        start(NO_SUFFIX, labels);
        page.putNanosAsSeconds(nanos);
        page.put('\n');
    }

    @Override
    public void histogram(byte[] labels, HistogramCell cell, BucketTexts buckets) throws IOException {
        long count = buckets(labels, cell, buckets);
        count(labels, count);
        sum(labels, cell);
    }

    @Override
    public void gaugeBuckets(byte[] labels, double[] upperBounds, long[] cumulativeCounts) throws IOException {
        for (int i = 0; i < upperBounds.length; i++) {
            putBucketPrefix(labels);
            page.put(BoundText.of(upperBounds[i]));
            page.put(END_OF_VALUE);
            page.put(cumulativeCounts[i]);
            page.put('\n');
        }
    }

    @Override
    public void quantile(byte[] labels, double quantile, double value) throws IOException {
        page.put(name);
        page.put('{');
        putLabelsBefore(labels);
        page.put(QUANTILE);
        page.put(BoundText.of(quantile));
        page.put(END_OF_VALUE);
        page.put(value);
        page.put('\n');
    }

    @Override
    public void summary(byte[] labels, HistogramCell cell) throws IOException {
        count(labels, cell.count());
        sum(labels, cell);
    }

    @Override
    public void summary(byte[] labels, long count, double sum) throws IOException {
        count(labels, count);
        start(SUM, labels);
        page.put(sum);
        page.put('\n');
    }

    /** Writes the cumulative buckets; {@return the last of them, which is the count} */
    private long buckets(byte[] labels, HistogramCell cell, BucketTexts buckets) throws IOException {
        int room = bucketPrefixLength(labels) + MAX_BUCKET_TAIL;
        long count = 0;
        int prefix = NOWHERE;
        for (int i = 0; i < buckets.size(); i++) {
            if (prefix != NOWHERE && page.hasRoom(room)) {
                page.putAgain(prefix, room - MAX_BUCKET_TAIL);
            } else {
                prefix = page.makeRoom(room) ? page.position() : NOWHERE;
                putBucketPrefix(labels);
            }
            count += cell.bucket(i);
            page.put(buckets.text(i));
            page.put(END_OF_VALUE);
            page.put(count);
            page.put('\n');
        }
        return count;
    }

    private int bucketPrefixLength(byte[] labels) {
        return name.length + BUCKET.length + 1 + labels.length + (labels.length > 0 ? 1 : 0) + LE.length;
    }

    private void putBucketPrefix(byte[] labels) throws IOException {
        page.put(name);
        page.put(BUCKET);
        page.put('{');
        putLabelsBefore(labels);
        page.put(LE);
    }

    /** Puts labels that another follows. */
    private void putLabelsBefore(byte[] labels) throws IOException {
        if (labels.length > 0) {
            page.put(labels);
            page.put(',');
        }
    }

    private void count(byte[] labels, long count) throws IOException {
        start(COUNT, labels);
        page.put(count);
        page.put('\n');
    }

    private void sum(byte[] labels, HistogramCell cell) throws IOException {
        start(SUM, labels);
        if (cell.layout().isNanos()) {
            page.putNanosAsSeconds(cell.sumNanos());
        } else {
            page.put(cell.sumAmounts());
        }
        page.put('\n');
    }

    private void start(byte[] suffix, byte[] labels) throws IOException {
        page.put(name);
        page.put(suffix);
        if (labels.length == 0) {
            page.put(' ');
            return;
        }
        page.put('{');
        page.put(labels);
        page.put(END_OF_LABELS);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
