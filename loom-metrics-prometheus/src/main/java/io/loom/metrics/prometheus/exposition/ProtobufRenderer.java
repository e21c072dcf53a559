package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.cell.Exemplars;
import io.loom.metrics.prometheus.cell.ExponentialBuckets;
import io.loom.metrics.prometheus.cell.ExponentialCell;
import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BoundText;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.Family;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Renders Prometheus' protobuf format: messages {@code MetricFamily}, each behind its length. A family that is large comes in
 * several messages of the same name, so that memory is bounded. One for each scrape; not thread-safe.
 *
 * @see <a href="https://github.com/prometheus/client_model">metrics.proto</a>
 */
public final class ProtobufRenderer implements SampleVisitor {
    /** The content type of the format. */
    public static final String CONTENT_TYPE =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

    /** A message that has grown so large is sent, and the family goes on in the next. What is sent at once is as large. */
    private static final int PART = 16 * 1024;

    private static final byte[] LE = {'l', 'e'};

    // MetricFamily
    private static final int NAME = 1;
    private static final int HELP = 2;
    private static final int TYPE = 3;
    private static final int METRIC = 4;

    // Metric
    private static final int LABEL = 1;

    // Gauge, Counter
    private static final int VALUE = 1;
    private static final int COUNTER_EXEMPLAR = 2;

    // Summary, which begins as Histogram does
    private static final int QUANTILE = 3;

    // Quantile
    private static final int QUANTILE_QUANTILE = 1;
    private static final int QUANTILE_VALUE = 2;

    private final OutputStream out;
    private final long nowNanos;
    private final Message page = new Message();
    private final Message family = new Message();
    private final Message metric = new Message();
    private final Message value = new Message();
    private final Message nested = new Message();
    private final LabelPairs labelPairs = new LabelPairs();
    private final HistogramMessage histograms = new HistogramMessage(value);
    private final ExponentialBuckets exponentialBuckets = new ExponentialBuckets();

    /** How much of {@link #family} is not metrics. */
    private int header;

    private ProtobufType type = ProtobufType.GAUGE;

    /** Made for the first series that may have exemplars. */
    private @Nullable ExemplarMessages exemplars;

    private ProtobufRenderer(OutputStream out, long nowNanos) {
        this.out = out;
        this.nowNanos = nowNanos;
    }

    /**
     * Renders a page.
     *
     * @param nowNanos a monotonic time, which turns the windows of maxima
     * @throws IOException where {@code out} does
     */
    public static void render(Families families, OutputStream out, long nowNanos) throws IOException {
        ProtobufRenderer renderer = new ProtobufRenderer(out, nowNanos);
        families.visit(renderer);
        renderer.endMessage();
        renderer.flush();
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void exemplars(Exemplars shown) {
        if (exemplars == null) {
            exemplars = new ExemplarMessages(labelPairs);
        }
        exemplars.read(shown);
    }

    @Override
    public void family(Family begun) throws IOException {
        endMessage();
        type = ProtobufType.of(begun.type());
        clearValue(); // of a series that failed in between
        family.clear();
        byte[] name = name(begun);
        family.text(NAME, name, name.length);
        byte[] help = begun.textHelp();
        if (help != null) {
            nested.clear();
            for (int at = 0; at < help.length; at++) {
                at = LabelPairs.unescaped(help, at, nested);
            }
            family.message(HELP, nested);
        }
        family.uint(TYPE, type.number());
        header = family.length();
    }

    @Override
    public void sample(Labels labels, long whole) throws IOException {
        sample(labels, (double) whole);
    }

    @Override
    public void sample(Labels labels, double number) throws IOException {
        value.number(VALUE, number);
        if (exemplars != null) {
            exemplars.addTo(value, COUNTER_EXEMPLAR, 0);
        }
        end(labels);
    }

    @Override
    public void sampleNanos(Labels labels, long nanos) throws IOException {
        sample(labels, Seconds.ofNanos(nanos));
    }

    @Override
    public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) throws IOException {
        histograms.classic(cell, buckets, exemplars);
        end(labels);
    }

    @Override
    public void nativeHistogram(Labels labels, HistogramCell cell, BucketTexts buckets, ExponentialCell exponential)
            throws IOException {
        value.clear(); // quantiles are for summaries
        exponentialBuckets.read(exponential); // first: what is recorded meanwhile is in the others only
        histograms.exponential(cell, buckets, exponentialBuckets, exemplars);
        end(labels);
    }

    /**
     * One gauge for each bucket, named as in the text format. The message for such histograms would bring a count and a sum, too,
     * which the text does not have.
     */
    @Override
    public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum)
            throws IOException {
        for (int i = 0; i < upperBounds.length; i++) {
            value.number(VALUE, (double) cumulativeCounts[i]);
            labelPairs.addTo(metric, LABEL, labels);
            labelPairs.addTo(metric, LABEL, LE, BoundText.of(upperBounds[i]));
            endMetric();
        }
    }

    @Override
    public void quantile(Labels labels, double quantile, double at) {
        nested.clear();
        nested.number(QUANTILE_QUANTILE, quantile);
        nested.number(QUANTILE_VALUE, at);
        value.message(QUANTILE, nested);
    }

    @Override
    public void summary(Labels labels, HistogramCell cell) throws IOException {
        histograms.countAndSum(cell.count(), HistogramMessage.sum(cell));
        end(labels);
    }

    @Override
    public void summary(Labels labels, long count, double sum) throws IOException {
        histograms.countAndSum(count, sum);
        end(labels);
    }

    /** Ends a metric whose value is complete. */
    private void end(Labels labels) throws IOException {
        labelPairs.addTo(metric, LABEL, labels);
        endMetric();
    }

    private void endMetric() throws IOException {
        metric.message(type.field(), value);
        family.message(METRIC, metric);
        metric.clear();
        clearValue();
        if (family.length() >= PART) {
            endMessage();
        }
    }

    private void clearValue() {
        value.clear();
        if (exemplars != null) {
            exemplars.clear();
        }
    }

    /** Sends the metrics so far, if there are any. */
    private void endMessage() throws IOException {
        if (family.length() > header) {
            if (page.length() + family.length() > PART) {
                flush();
            }
            page.delimited(family);
            family.truncate(header);
        }
    }

    /** A stream that fails must not look like a meter that does. */
    private void flush() throws IOException {
        try {
            page.writeTo(out);
        } catch (RuntimeException e) {
            throw new IOException("the page's stream failed", e);
        }
        page.clear();
    }

    private static byte[] name(Family family) {
        return family.type() == FamilyType.GAUGE_HISTOGRAM
                ? (family.name() + "_bucket").getBytes(StandardCharsets.UTF_8)
                : family.sampleName();
    }
}
