package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.Family;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** What {@link TextRenderer} should write, by the simplest means: strings, one piece after the other. */
final class NaiveRenderer implements SampleVisitor {
    private final StringBuilder page = new StringBuilder();
    private final long nowNanos;
    private String name = "";

    private NaiveRenderer(long nowNanos) {
        this.nowNanos = nowNanos;
    }

    static byte[] render(Families families, long nowNanos) throws IOException {
        NaiveRenderer renderer = new NaiveRenderer(nowNanos);
        families.visit(renderer);
        return renderer.page.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void family(Family family) {
        name = utf8(family.sampleName());
        if (family.textHelp() != null) {
            page.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(utf8(family.textHelp()))
                    .append('\n');
        }
        page.append("# TYPE ")
                .append(name)
                .append(' ')
                .append(utf8(family.type().textType()))
                .append('\n');
    }

    @Override
    public void sample(Labels labels, long value) {
        line("", labels.toString(), Long.toString(value));
    }

    @Override
    public void sample(Labels labels, double value) {
        line("", labels.toString(), plain(new BigDecimal(value)));
    }

    @Override
    public void sampleNanos(Labels labels, long nanos) {
        line("", labels.toString(), plain(BigDecimal.valueOf(nanos, 9)));
    }

    @Override
    public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) {
        String block = labels.isEmpty() ? "" : labels.toString() + ',';
        long[] counts = cell.buckets();
        long count = 0;
        for (int i = 0; i < buckets.size(); i++) {
            count += counts[i];
            line("_bucket", block + "le=\"" + utf8(buckets.text(i)) + '"', Long.toString(count));
        }
        summary(labels, cell);
    }

    @Override
    public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum) {
        String block = labels.isEmpty() ? "" : labels.toString() + ',';
        for (int i = 0; i < upperBounds.length; i++) {
            String bound = upperBounds[i] == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(upperBounds[i]);
            line("_bucket", block + "le=\"" + bound + '"', Long.toString(cumulativeCounts[i]));
        }
    }

    @Override
    public void quantile(Labels labels, double quantile, double value) {
        String block = labels.isEmpty() ? "" : labels.toString() + ',';
        line("", block + "quantile=\"" + Double.toString(quantile) + '"', plain(new BigDecimal(value)));
    }

    @Override
    public void summary(Labels labels, HistogramCell cell) {
        BigDecimal sum =
                cell.layout().isNanos() ? BigDecimal.valueOf(cell.sumNanos(), 9) : new BigDecimal(cell.sumAmounts());
        line("_count", labels.toString(), Long.toString(cell.count()));
        line("_sum", labels.toString(), plain(sum));
    }

    @Override
    public void summary(Labels labels, long count, double sum) {
        line("_count", labels.toString(), Long.toString(count));
        line("_sum", labels.toString(), plain(new BigDecimal(sum)));
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    private void line(String suffix, String labels, String value) {
        page.append(name).append(suffix);
        if (!labels.isEmpty()) {
            page.append('{').append(labels).append('}');
        }
        page.append(' ').append(value).append('\n');
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
