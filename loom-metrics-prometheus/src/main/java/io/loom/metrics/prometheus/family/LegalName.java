package io.loom.metrics.prometheus.family;

import java.util.function.IntPredicate;

/**
 * Makes names that every Prometheus can read, whatever naming convention made them: letters of ASCII, digits, underscores, and
 * in names of metrics colons; the first one is no digit. Other characters become underscores, as in client_java's escaping.
 */
public final class LegalName {
    private static final String NAME_OF_THE_METRIC = "__name__";

    private LegalName() {}

    /** {@return a legal name of a metric} */
    public static String ofMetric(String name) {
        return of(name, c -> isWordCharacter(c) || c == ':');
    }

    /** {@return a legal name of a label} The one that Prometheus gives to the metric's name is none. */
    public static String ofLabel(String name) {
        String legal = of(name, LegalName::isWordCharacter);
        return legal.equals(NAME_OF_THE_METRIC) ? legal.substring(1) : legal;
    }

    private static String of(String name, IntPredicate legal) {
        if (!name.isEmpty() && !isDigit(name.charAt(0)) && name.codePoints().allMatch(legal)) {
            return name;
        }
        StringBuilder cleaned = new StringBuilder();
        name.codePoints().forEach(c -> cleaned.append(legal.test(c) ? (char) c : '_'));
        if (cleaned.length() == 0 || isDigit(cleaned.charAt(0))) {
            cleaned.insert(0, '_');
        }
        return cleaned.toString();
    }

    private static boolean isWordCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
