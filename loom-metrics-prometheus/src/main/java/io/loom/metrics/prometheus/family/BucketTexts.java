package io.loom.metrics.prometheus.family;

import io.loom.metrics.prometheus.cell.HistogramLayout;

/**
 * The encoded {@code le} values of a bucket layout, shared by all series that have it. Immutable.
 */
public final class BucketTexts {
    private final HistogramLayout layout;
    private final byte[][] texts;

    /** Encodes the bounds of {@code layout}. */
    public BucketTexts(HistogramLayout layout) {
        this.layout = layout;
        double[] bounds = layout.upperBounds();
        this.texts = new byte[bounds.length + 1][];
        for (int i = 0; i < bounds.length; i++) {
            texts[i] = BoundText.of(bounds[i]);
        }
        texts[bounds.length] = BoundText.of(Double.POSITIVE_INFINITY);
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
}
