package io.loom.metrics.series;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a route template of a path: query and fragment are dropped, and segments that look like identifiers become {@code
 * {id}}. Stateless and thread-safe; a template stays as it is.
 *
 * <p>An identifier is a segment that is, behind an optional {@code prefix_} or {@code prefix-},
 *
 * <ul>
 *   <li>a whole number (without a prefix only), or
 *   <li>a UUID, or
 *   <li>eight or more hexadecimal digits, one of them decimal, or
 *   <li>sixteen or more letters and digits, three of them decimal, or 24 or more with one (ULID, KSUID, base62), or
 *   <li>longer than a label's value may be.
 * </ul>
 */
public final class EndpointTemplate {
    /** What lies beyond would be cut from the label anyway. */
    private static final int MAX_PATH = 1024;

    private static final String ID = "{id}";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final Pattern PREFIXED = Pattern.compile("(?:[a-zA-Z]+[_-])?(?:"
            + "\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}"
            + "|(?=[a-fA-F]*[0-9])\\p{XDigit}{8,}"
            + "|(?=(?:[a-zA-Z]*[0-9]){3})[a-zA-Z0-9]{16,}"
            + "|(?=[a-zA-Z]*[0-9])[a-zA-Z0-9]{24,}"
            + ")");

    private EndpointTemplate() {}

    /** {@return the route template of {@code path}, the same instance where it is one; null for null} */
    public static @Nullable String of(@Nullable String path) {
        if (path == null) {
            return null;
        }
        String bare = path.substring(0, endOfPath(path));
        StringBuilder template = new StringBuilder(bare.length());
        int start = 0;
        while (start <= bare.length()) {
            int slash = bare.indexOf('/', start);
            int end = slash < 0 ? bare.length() : slash;
            String segment = bare.substring(start, end);
            String part = isIdentifier(segment) ? ID : segment;
            if (template.length() + part.length() + 1 > LabelValues.MAX_LENGTH) {
                break; // between segments: half of one might look like an identifier
            }
            template.append(part);
            if (slash >= 0) {
                template.append('/');
            }
            start = end + 1;
        }
        return path.contentEquals(template) ? path : template.toString();
    }

    private static boolean isIdentifier(String segment) {
        return segment.length() >= LabelValues.MAX_LENGTH
                || NUMBER.matcher(segment).matches()
                || PREFIXED.matcher(segment).matches();
    }

    private static int endOfPath(String path) {
        int longest = Math.min(path.length(), MAX_PATH);
        for (int i = 0; i < longest; i++) {
            char c = path.charAt(i);
            if (c == '?' || c == '#') {
                return i;
            }
        }
        return longest;
    }
}
