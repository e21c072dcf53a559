package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.cell.Copies;
import io.loom.metrics.prometheus.cell.Exemplar;
import io.loom.metrics.prometheus.cell.Exemplars;
import io.loom.metrics.prometheus.cell.HistogramCell;
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
 * Renders OpenMetrics 1.0.0. One for each scrape; not thread-safe. Most lines are those of {@link TextRenderer}. A counter that
 * is negative or NaN, and a summary whose count or sum is, has no line: the format forbids it.
 *
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>
 */
public final class OpenMetricsRenderer implements SampleVisitor {
    /** The content type of the format. */
    public static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final byte[] TYPE = ascii("# TYPE ");
    private static final byte[] UNIT = ascii("# UNIT ");
    private static final byte[] HELP = ascii("# HELP ");
    private static final byte[] EOF = ascii("# EOF\n");
    private static final byte[] COUNT_OF_GAUGES = ascii("_gcount");
    private static final byte[] SUM_OF_GAUGES = ascii("_gsum");
    private static final byte[] CREATED = ascii("_created");
    private static final byte[] TRACE_ID = ascii(" # {trace_id=\"");
    private static final byte[] SPAN_ID = ascii("\",span_id=\"");
    private static final long NEVER = Long.MIN_VALUE;
    private static final double MILLIS_PER_SECOND = 1e3;

    /** The most that a line has beside its name, its labels and its text, or an exemplar beside its ids. */
    private static final int MAX_REST = 128;

    private final Page page;
    private final TextRenderer text;
    private FamilyType type = FamilyType.GAUGE;
    private byte[] sampleName = {};
    private long createdMillis = NEVER;
    private @Nullable Exemplars exemplars;
    /** Of the histogram that was written last. */
    private @Nullable Exemplar[] ofBuckets = {};

    private OpenMetricsRenderer(OutputStream out, long nowNanos) {
        this.page = new Page(out);
        this.text = new TextRenderer(page, nowNanos);
    }

    /**
     * Renders a page.
     *
     * @param nowNanos a monotonic time, which turns the windows of maxima
     * @throws IOException where {@code out} does
     */
    public static void render(Families families, OutputStream out, long nowNanos) throws IOException {
        renderFamilies(families, out, nowNanos);
        out.write(EOF);
    }

    /**
     * Renders what comes before the end of a page: others may add families to it.
     *
     * @param nowNanos a monotonic time, which turns the windows of maxima
     * @throws IOException where {@code out} does
     */
    public static void renderFamilies(Families families, OutputStream out, long nowNanos) throws IOException {
        OpenMetricsRenderer renderer = new OpenMetricsRenderer(out, nowNanos);
        families.visit(renderer);
        renderer.page.flush();
    }

    @Override
    public long nowNanos() {
        return text.nowNanos();
    }

    @Override
    public void created(long epochMillis) {
        createdMillis = epochMillis;
    }

    @Override
    public void exemplars(Exemplars shown) {
        exemplars = shown;
    }

    @Override
    public void family(Family family) throws IOException {
        type = family.type();
        sampleName = family.sampleName();
        createdMillis = NEVER;
        exemplars = null;
        text.begin(family);
        if (isShown()) {
            metadata(TYPE, type.openMetricsType(), false);
            metadata(UNIT, family.unit(), false);
            metadata(HELP, family.textHelp(), true);
        }
    }

    @Override
    public void sample(Labels labels, long value) throws IOException {
        if (isShown()) {
            text.sample(labels, value);
            endSample(labels);
        }
    }

    @Override
    public void sample(Labels labels, double value) throws IOException {
        if (isShown() && (type != FamilyType.COUNTER || value >= 0)) {
            text.sample(labels, value);
            endSample(labels);
        }
    }

    @Override
    public void sampleNanos(Labels labels, long nanos) throws IOException {
        if (isShown()) {
            text.sampleNanos(labels, nanos);
        }
    }

    @Override
    public Copies copies() {
        return text.copies();
    }

    @Override
    public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) throws IOException {
        Exemplars shown = takeExemplars();
        if (shown == null) {
            text.histogram(labels, cell, buckets);
        } else {
            text.count(labels, buckets(labels, cell, buckets, shown));
            text.sum(labels, cell, Copies.NONE);
        }
        putCreated(labels);
    }

    @Override
    public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum)
            throws IOException {
        text.gaugeHistogram(labels, upperBounds, cumulativeCounts, sum);
        start(COUNT_OF_GAUGES, labels);
        page.put(cumulativeCounts[cumulativeCounts.length - 1]);
        page.put('\n');
        start(SUM_OF_GAUGES, labels);
        page.put(sum);
        page.put('\n');
    }

    @Override
    public void quantile(Labels labels, double quantile, double value) throws IOException {
        text.quantile(labels, quantile, value);
    }

    @Override
    public void summary(Labels labels, HistogramCell cell) throws IOException {
        exemplars = null; // of a native histogram: a summary has none
        text.summary(labels, cell);
        putCreated(labels);
    }

    @Override
    public void summary(Labels labels, long count, double sum) throws IOException {
        if (count >= 0 && sum >= 0) {
            text.summary(labels, count, sum);
        }
    }

    private void endSample(Labels labels) throws IOException {
        Exemplars shown = takeExemplars();
        if (shown != null) {
            put(shown.at(0));
        }
        putCreated(labels);
    }

    /** Writes the cumulative buckets; {@return the last of them, which is the count} */
    private long buckets(Labels labels, HistogramCell cell, BucketTexts buckets, Exemplars shown) throws IOException {
        if (ofBuckets.length != shown.places()) {
            ofBuckets = new @Nullable Exemplar[shown.places()];
        }
        shown.read(ofBuckets); // before the counts, so that no bucket of 0 has one
        long[] counts = text.read(cell, Copies.NONE);
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i];
            text.bucket(labels, buckets.closed(i), count);
            put(ofBuckets[i]);
        }
        return count;
    }

    /** Puts an exemplar at the end of the line before, if there is one. */
    private void put(@Nullable Exemplar exemplar) throws IOException {
        if (exemplar != null) {
            page.openLine();
            page.reserve(exemplar.traceId().length() + exemplar.spanId().length() + MAX_REST);
            page.put(TRACE_ID);
            page.put(exemplar.traceId());
            page.put(SPAN_ID);
            page.put(exemplar.spanId());
            page.put('"');
            page.put('}');
            page.put(' ');
            page.put(exemplar.value());
            page.put(' ');
            page.put(exemplar.epochMillis() / MILLIS_PER_SECOND);
            page.put('\n');
        }
    }

    private void putCreated(Labels labels) throws IOException {
        if (createdMillis != NEVER) {
            start(CREATED, labels);
            page.put(createdMillis / MILLIS_PER_SECOND);
            page.put('\n');
            createdMillis = NEVER;
        }
    }

    /** {@return what is for this series only} */
    private @Nullable Exemplars takeExemplars() {
        Exemplars taken = exemplars;
        exemplars = null;
        return taken;
    }

    /** The parts of a gauge histogram are in the gauge histogram itself. */
    private boolean isShown() {
        return type != FamilyType.GAUGE_HISTOGRAM_PART;
    }

    /** Writes a line about the family, if there is anything to tell. */
    private void metadata(byte[] kind, byte @Nullable [] told, boolean escaped) throws IOException {
        if (told != null) {
            page.reserve(kind.length + sampleName.length + 2 * told.length + MAX_REST);
            page.put(kind);
            putName();
            page.put(' ');
            if (escaped) {
                putQuotesEscaped(told);
            } else {
                page.put(told);
            }
            page.put('\n');
        }
    }

    /** The rest is escaped already, as in the text format 0.0.4. */
    private void putQuotesEscaped(byte[] help) {
        for (byte each : help) {
            if (each == '"') {
                page.put('\\');
            }
            page.put((char) each);
        }
    }

    /** Starts a line of a kind that the text format 0.0.4 does not have. */
    private void start(byte[] suffix, Labels labels) throws IOException {
        page.reserve(sampleName.length + suffix.length + labels.length() + MAX_REST);
        putName();
        page.put(suffix);
        if (labels.isEmpty()) {
            page.put(' ');
        } else {
            page.put('{');
            page.putClosed(labels);
        }
    }

    /** Puts the name of the family: of samples, without the suffix of the type. */
    private void putName() {
        page.put(sampleName, sampleName.length - type.suffix().length());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
