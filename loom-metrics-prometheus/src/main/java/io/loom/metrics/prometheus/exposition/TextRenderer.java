package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.cell.Copies;
import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BoundText;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.Family;
import io.loom.metrics.prometheus.family.Labels;
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
    private static final byte[] LE = ascii("le=\"");
    private static final byte[] QUANTILE = ascii("quantile=\"");

    /** The most that a line has beside its name, its suffix, its labels and the text of a bound: a value, braces and the like. */
    private static final int MAX_REST = 64;

    private static final int NOWHERE = -1;

    /** Where a family has its lines: buckets, quantiles and plain samples, counts, sums. */
    private static final int MAIN = 0;

    private static final int COUNT = 1;
    private static final int SUM = 2;

    private final Page page;
    private final long nowNanos;
    private final Copies copies = new Copies();
    private byte[][] lineStarts = {};
    /** Of the histogram that was read last. */
    private long[] counts = {};

    TextRenderer(Page page, long nowNanos) {
        this.page = page;
        this.nowNanos = nowNanos;
    }

    /**
     * Renders a page.
     *
     * @param nowNanos a monotonic time, which turns the windows of maxima
     * @throws IOException where {@code out} does
     */
    public static void render(Families families, OutputStream out, long nowNanos) throws IOException {
        TextRenderer renderer = new TextRenderer(new Page(out), nowNanos);
        families.visit(renderer);
        renderer.page.flush();
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public Copies copies() {
        return copies;
    }

    @Override
    public void family(Family family) throws IOException {
        begin(family);
        byte[] name = family.sampleName();
        byte[] help = family.textHelp();
        if (help != null) {
            page.reserve(name.length + help.length + MAX_REST);
            page.put(HELP);
            page.put(name);
            page.put(' ');
            page.put(help);
            page.put('\n');
        }
        page.reserve(name.length + MAX_REST);
        page.put(TYPE);
        page.put(name);
        page.put(' ');
        page.put(family.type().textType());
        page.put('\n');
    }

    @Override
    public void sample(Labels labels, long value) throws IOException {
        start(labels);
        end(value);
    }

    @Override
    public void sample(Labels labels, double value) throws IOException {
        start(labels);
        end(value);
    }

    @Override
    public void sampleNanos(Labels labels, long nanos) throws IOException {
        start(labels);
        endWithSeconds(nanos);
    }

    @Override
    public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) throws IOException {
        long count = buckets(labels, cell, buckets);
        count(labels, count);
        sum(labels, cell, copies);
    }

    /** The sum is not of this type here. */
    @Override
    public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum)
            throws IOException {
        for (int i = 0; i < upperBounds.length; i++) {
            bucket(labels, BoundText.closed(upperBounds[i]), cumulativeCounts[i]);
        }
    }

    @Override
    public void quantile(Labels labels, double quantile, double value) throws IOException {
        byte[] closed = BoundText.closed(quantile);
        page.reserve(room(labels, closed));
        startBeforeLabel(labels);
        page.put(QUANTILE);
        page.put(closed);
        end(value);
    }

    @Override
    public void summary(Labels labels, HistogramCell cell) throws IOException {
        count(labels, cell.count(copies));
        sum(labels, cell, copies);
    }

    @Override
    public void summary(Labels labels, long count, double sum) throws IOException {
        count(labels, count);
        start(SUM, labels);
        end(sum);
    }

    /** The samples that follow are this family's; its name is not written. */
    void begin(Family family) {
        lineStarts = family.lineStarts();
    }

    /** {@return the counts of the buckets, not cumulative, until the next histogram is read} */
    long[] read(HistogramCell cell, Copies from) {
        int size = cell.layout().bucketCount();
        if (counts.length != size) {
            counts = new long[size];
        }
        cell.readBuckets(counts, from);
        return counts;
    }

    /** Writes a cumulative bucket, whose bound is closed. */
    void bucket(Labels labels, byte[] bound, long count) throws IOException {
        page.reserve(room(labels, bound));
        startBucket(labels);
        page.put(bound);
        end(count);
    }

    /** Writes the cumulative buckets; {@return the last of them, which is the count} */
    private long buckets(Labels labels, HistogramCell cell, BucketTexts buckets) throws IOException {
        long[] counts = read(cell, copies);
        long count = 0;
        int prefix = NOWHERE;
        int prefixLength = 0;
        for (int i = 0; i < buckets.size(); i++) {
            byte[] bound = buckets.closed(i);
            int room = room(labels, bound);
            if (prefix != NOWHERE && page.hasRoom(room)) {
                page.putAgain(prefix, prefixLength);
            } else {
                page.reserve(room);
                prefix = page.position();
                startBucket(labels);
                prefixLength = page.position() - prefix;
            }
            count += counts[i];
            page.put(bound);
            end(count);
        }
        return count;
    }

    /** {@return what a line takes at most} */
    private int room(Labels labels, byte[] bound) {
        return room(labels) + bound.length;
    }

    private int room(Labels labels) {
        return lineStarts[MAIN].length + labels.length() + MAX_REST;
    }

    private void startBucket(Labels labels) {
        startBeforeLabel(labels);
        page.put(LE);
    }

    /** Starts a line up to a label that the format adds. */
    private void startBeforeLabel(Labels labels) {
        page.putLine(labels);
        if (!labels.isEmpty()) {
            page.put(',');
        }
    }

    void count(Labels labels, long count) throws IOException {
        start(COUNT, labels);
        end(count);
    }

    void sum(Labels labels, HistogramCell cell, Copies from) throws IOException {
        start(SUM, labels);
        if (cell.layout().isNanos()) {
            endWithSeconds(cell.sumNanos(from));
        } else {
            end(cell.sumAmounts());
        }
    }

    private void start(Labels labels) throws IOException {
        if (labels.isEmpty()) {
            start(MAIN, labels);
        } else {
            page.reserve(room(labels));
            page.putClosedLine(labels);
        }
    }

    private void start(int kind, Labels labels) throws IOException {
        byte[] lineStart = lineStarts[kind];
        page.reserve(room(labels));
        if (labels.isEmpty()) {
            page.put(lineStart, lineStart.length - 1);
            page.put(' ');
        } else {
            page.put(lineStart);
            page.putClosed(labels);
        }
    }

    private void end(long value) {
        page.put(value);
        page.put('\n');
    }

    private void end(double value) {
        page.put(value);
        page.put('\n');
    }

    private void endWithSeconds(long nanos) {
        page.putNanosAsSeconds(nanos);
        page.put('\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
