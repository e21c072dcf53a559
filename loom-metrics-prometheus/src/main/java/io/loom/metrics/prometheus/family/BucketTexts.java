package io.loom.metrics.prometheus.family;

import io.loom.metrics.prometheus.cell.HistogramLayout;
import java.util.Arrays;

/**
 * The encoded {@code le} values of a bucket layout, shared by all series that have it. Immutable.
 */
public final class BucketTexts {
    private final HistogramLayout layout;
    private final byte[][] texts;
    private final byte[][] closed;

    /** Encodes the bounds of {@code layout}. */
    public BucketTexts(HistogramLayout layout) {
        this.layout = layout;
        double[] bounds = layout.upperBounds();
        double[] all = Arrays.copyOf(bounds, bounds.length + 1);
        all[bounds.length] = Double.POSITIVE_INFINITY;
        this.texts = Arrays.stream(all).mapToObj(BoundText::of).toArray(byte[][]::new);
        this.closed = Arrays.stream(all).mapToObj(BoundText::closed).toArray(byte[][]::new);
    }

    /** {@return the layout whose bounds these are} */
    public HistogramLayout layout() {
        return layout;
    }

    /** {@return the number of buckets, the one to {@code +Inf} included} */
    public int size() {
        return texts.length;
    }

    /** {@return whether there are others than the one to {@code +Inf}} */
    public boolean hasBounds() {
        return texts.length > 1;
    }

    /** {@return the text of a bucket's bound; not to be changed} */
    public byte[] text(int index) {
        return texts[index];
    }

    /** {@return the text of a bucket's bound, closed as {@link BoundText#closed} has it; not to be changed} */
    public byte[] closed(int index) {
        return closed[index];
    }
}
