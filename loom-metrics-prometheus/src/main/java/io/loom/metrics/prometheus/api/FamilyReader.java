package io.loom.metrics.prometheus.api;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.Family;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads the families that figures come from, series that are idle too: what they counted stays counted. One for each reading;
 * not thread-safe.
 */
final class FamilyReader implements SampleVisitor {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Sheet sheet;
    private final long nowNanos;
    private final LabelValues values = new LabelValues();
    private List<Figure> figures = List.of();

    private FamilyReader(Sheet sheet, long nowNanos) {
        this.sheet = sheet;
        this.nowNanos = nowNanos;
    }

    static void read(Families families, Sheet sheet, long nowNanos) {
        try {
            families.named(Figure.families()).visit(new FamilyReader(sheet, nowNanos));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream
        }
    }

    @Override
    public boolean seesIdle() {
        return true;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void family(Family family) {
        figures = Figure.of(family.name());
    }

    @Override
    public void sample(Labels labels, long value) {
        sample(labels, (double) value);
    }

    @Override
    public void sample(Labels labels, double value) {
        values.enter(labels);
        for (Figure figure : figures) {
            if (!figure.isHistogram()) {
                sheet.add(figure, values, value);
            }
        }
    }

    @Override
    public void sampleNanos(Labels labels, long nanos) {
        sample(labels, nanos / NANOS_PER_SECOND);
    }

    @Override
    public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) {
        long[] counts = cell.buckets();
        double[] cumulative = new double[counts.length];
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i];
            cumulative[i] = (double) count;
        }
        add(labels, new Histogram(buckets.layout().upperBounds(), cumulative, sum(cell)));
    }

    @Override
    public void summary(Labels labels, HistogramCell cell) {
        summary(labels, cell.count(), sum(cell));
    }

    @Override
    public void summary(Labels labels, long count, double sum) {
        add(labels, Histogram.ofSummary((double) count, sum));
    }

    /** What goes up and down has no increase. */
    @Override
    public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum) {}

    /** Quantiles of several series cannot be summed. */
    @Override
    public void quantile(Labels labels, double quantile, double value) {}

    private void add(Labels labels, Histogram histogram) {
        values.enter(labels);
        for (Figure figure : figures) {
            if (figure.isHistogram()) {
                sheet.add(figure, values, histogram);
            }
        }
    }

    private static double sum(HistogramCell cell) {
        return cell.layout().isNanos() ? cell.sumNanos() / NANOS_PER_SECOND : cell.sumAmounts();
    }
}
