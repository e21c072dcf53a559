package io.loom.metrics.prometheus.family;

import io.loom.metrics.prometheus.cell.HistogramLayout;
import java.util.Arrays;

/**
 * The encoded {@code le} values of a bucket layout, shared by all series that have it. Immutable.
 */
public final class BucketTexts {
    private static final byte[] END = {'"', '}', ' '};

    private final HistogramLayout layout;
    private final byte[][] texts;
    private final byte[][] closed;

    /** Encodes the bounds of {@code layout}. */
    public BucketTexts(HistogramLayout layout) {
        this.layout = layout;
        double[] bounds = layout.upperBounds();
        this.texts = new byte[bounds.length + 1][];
        for (int i = 0; i < bounds.length; i++) {
            texts[i] = BoundText.of(bounds[i]);
        }
        texts[bounds.length] = BoundText.of(Double.POSITIVE_INFINITY);
        this.closed = Arrays.stream(texts).map(BucketTexts::close).toArray(byte[][]::new);
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

    /** {@return the text of a bucket's bound, and a quote, a brace and a space after it; not to be changed} */
    public byte[] closed(int index) {
        return closed[index];
    }

    private static byte[] close(byte[] text) {
        byte[] closed = Arrays.copyOf(text, text.length + END.length);
        System.arraycopy(END, 0, closed, text.length, END.length);
        return closed;
    }
}
