package io.loom.metrics.prometheus.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One element of a header that lists what a client takes, such as {@code text/plain;version=0.0.4;q=0.5} (RFC 9110, section
 * 12.4.2).
 *
 * @param value in lower case
 * @param parameters their names in lower case, without the weight
 * @param weight 0 to 1; 0 is what the client does not take
 */
record Weighted(String value, Map<String, String> parameters, double weight) {
    private static final Pattern WEIGHT = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");
    private static final String WEIGHT_NAME = "q";

    /** {@return the elements of a header, without those that are malformed} */
    static List<Weighted> parse(@Nullable String header) {
        List<Weighted> elements = new ArrayList<>();
        if (header != null) {
            split(header, ',').forEach(element -> parseElement(element).ifPresent(elements::add));
        }
        return elements;
    }

    /** {@return a parameter} */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static Optional<Weighted> parseElement(String element) {
        List<String> parts = split(element, ';');
        String value = parts.get(0).strip().toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new HashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        unquoted(part.substring(equals + 1).strip()));
            }
        }
        String weight = parameters.getOrDefault(WEIGHT_NAME, "1");
        parameters.remove(WEIGHT_NAME);
        return value.isEmpty() || !WEIGHT.matcher(weight).matches()
                ? Optional.empty()
                : Optional.of(new Weighted(value, parameters, Double.parseDouble(weight)));
    }

    /** Splits a text at separators that do not stand within quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        boolean escaped = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                escaped = c == '\\';
            } else if (c == separator) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
