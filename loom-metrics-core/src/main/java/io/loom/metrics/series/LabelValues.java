package io.loom.metrics.series;

import org.jspecify.annotations.Nullable;

/** The rules that every label value obeys. Stateless and thread-safe. */
public final class LabelValues {
    /** Stands for a value that is null or blank. */
    public static final String UNKNOWN = "unknown";
    /** Stands for values beyond the budget of their label. */
    public static final String OTHER = "other";
    /** The longest value, in UTF-16 units. */
    public static final int MAX_LENGTH = 128;

    private static final char REPLACEMENT = '\uFFFD';

    private LabelValues() {}

    /**
     * {@return the value itself where it is sane; else one that is: {@code unknown} for null or blank, at most {@value
     * #MAX_LENGTH} units, each lone surrogate replaced by U+FFFD}
     */
    public static String sanitise(@Nullable String value) {
        if (value == null) {
            return UNKNOWN;
        }
        String cut = value.length() <= MAX_LENGTH ? value : value.substring(0, cutAt(value));
        if (cut.isBlank()) {
            return UNKNOWN;
        }
        return hasLoneSurrogate(cut) ? replaceLoneSurrogates(cut) : cut;
    }

    /** A pair is never split: the cut would leave a lone surrogate. */
    private static int cutAt(String value) {
        return Character.isHighSurrogate(value.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    }

    private static boolean hasLoneSurrogate(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (!startsPair(value, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static String replaceLoneSurrogates(String value) {
        char[] chars = value.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (Character.isSurrogate(chars[i])) {
                if (startsPair(value, i)) {
                    i++;
                } else {
                    chars[i] = REPLACEMENT;
                }
            }
        }
        return new String(chars);
    }

    private static boolean startsPair(String value, int index) {
        return index + 1 < value.length() && Character.isSurrogatePair(value.charAt(index), value.charAt(index + 1));
    }
}
