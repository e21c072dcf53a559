package io.loom.metrics.prometheus.family;

import io.loom.metrics.prometheus.cell.HistogramCell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A visitor that notes what it is told. */
final class Notes implements SampleVisitor {
    private final List<String> lines = new ArrayList<>();
    private final List<Family> families = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    List<Family> families() {
        return families;
    }

    @Override
    public void family(Family family) {
        families.add(family);
        lines.add("= " + family.name());
    }

    @Override
    public void sample(Labels labels, long value) {
        note(labels, value);
    }

    @Override
    public void sample(Labels labels, double value) {
        note(labels, value);
    }

    @Override
    public void sampleNanos(Labels labels, long nanos) {
        note(labels, nanos);
    }

    @Override
    public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) {
        note(labels, cell);
    }

    @Override
    public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum) {
        note(labels, cumulativeCounts.length);
    }

    @Override
    public void quantile(Labels labels, double quantile, double value) {
        note(labels, value);
    }

    @Override
    public void summary(Labels labels, HistogramCell cell) {
        note(labels, cell);
    }

    @Override
    public void summary(Labels labels, long count, double sum) {
        note(labels, count);
    }

    @Override
    public long nowNanos() {
        return 0;
    }

    private void note(Labels labels, Object value) {
        String name = new String(families.get(families.size() - 1).sampleName(), StandardCharsets.UTF_8);
        lines.add(name + '{' + labels + "} " + value);
    }
}
