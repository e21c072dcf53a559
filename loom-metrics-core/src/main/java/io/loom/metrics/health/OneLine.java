package io.loom.metrics.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts in one line, not too long, that never throw. */
final class OneLine {
    private static final int MAX_LENGTH = 500;
    private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+");
    private static final int ISO_PREFIX = "PT".length();

    private OneLine() {}

    /** {@return a text in one line; empty for null} */
    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, cutAt(text)) + "...";
        String whole = new String(cut.getBytes(UTF_8), UTF_8); // half characters are none
        return BREAKS.matcher(whole).replaceAll(" ").strip();
    }

    /** {@return what was thrown, without its stack} */
    static String of(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        try {
            String message = thrown.getMessage();
            return message == null ? type : of(type + ": " + message);
        } catch (Throwable e) { // an exception of others may override its getter
            return type;
        }
    }

    /** {@return a duration as {@code 1.5s} or {@code 15m}} */
    static String of(Duration duration) {
        return duration.toString().substring(ISO_PREFIX).toLowerCase(Locale.ROOT);
    }

    /** {@return a ratio as {@code 12.5 %}} */
    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    /** A pair is never split. */
    private static int cutAt(String text) {
        return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    }
}
