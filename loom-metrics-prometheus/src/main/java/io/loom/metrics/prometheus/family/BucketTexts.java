package io.loom.metrics.prometheus.family;

import io.loom.metrics.prometheus.cell.HistogramLayout;
import java.nio.charset.StandardCharsets;

/**
 * The encoded {@code le} values of a bucket layout, shared by all series that have it. Immutable.
 *
 * <p>A bound is printed as {@code 0.1} or {@code 1.0}, the same in every format: the text is part of a series' identity.
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
            texts[i] = Double.toString(bounds[i]).getBytes(StandardCharsets.US_ASCII);
        }
        texts[bounds.length] = "+Inf".getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the layout whose bounds these are} */
    public HistogramLayout layout() {
        return layout;
    }

    /** {@return the number of buckets, the one to {@code +Inf} included} */
    public int size() {
        return texts.length;
    }

    /** {@return the text of a bucket's bound; not to be changed} */
    public byte[] text(int index) {
        return texts[index];
    }
}
