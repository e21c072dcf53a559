package io.loom.metrics;

import org.jspecify.annotations.Nullable;

/** Foreign values in our log lines: one line, not too long, and never an exception of their own. */
final class LogText {
    private static final int MAX_LENGTH = 200;

    private LogText() {}

    /** {@return a text of {@code value} that is safe to log} */
    static String of(@Nullable Object value) {
        try {
            String text = String.valueOf(value);
            String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
            return cut.replace("\r", "\\r").replace("\n", "\\n");
        } catch (Throwable e) {
            return "a value whose text could not be had";
        }
    }
}
