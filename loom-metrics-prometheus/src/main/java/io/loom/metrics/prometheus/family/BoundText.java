package io.loom.metrics.prometheus.family;

import java.nio.charset.StandardCharsets;

/**
 * How a number is written where it is a label's value: {@code 0.1}, {@code 1.0}, {@code 1.0E7} or {@code +Inf}, the same in
 * every format and the same as client_java's, since it is part of a series' identity.
 */
public final class BoundText {
    private BoundText() {}

    /** {@return the encoded text} */
    public static byte[] of(double bound) {
        return text(bound).getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the encoded text, and a quote, a brace and a space after it} */
    public static byte[] closed(double bound) {
        return (text(bound) + "\"} ").getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(double bound) {
        return bound == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(bound);
    }
}
