package io.loom.metrics.prometheus.exposition;

import static io.loom.metrics.prometheus.exposition.TextPage.require;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A sample of a {@link TextPage}, as it stands on its line. */
record TextLine(String name, SortedMap<String, String> labels, double value) {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    static TextLine parse(String line) {
        int end = endOfWord(line, 0, true);
        String name = line.substring(0, end);
        require(isMetricName(name), "must begin with a legal name");
        SortedMap<String, String> labels = new TreeMap<>();
        if (end < line.length() && line.charAt(end) == '{') {
            end = labels(line, end, labels);
        }
        require(end < line.length() && line.charAt(end) == ' ', "must have one space before its value");
        return new TextLine(name, labels, number(line.substring(end + 1)));
    }

    static boolean isMetricName(String name) {
        return !name.isEmpty() && endOfWord(name, 0, true) == name.length() && !isDigit(name.charAt(0));
    }

    boolean belongsTo(TextPage.Family family) {
        return switch (family.type()) {
            case "counter" -> name.equals(family.name()) && name.endsWith("_total");
            case "histogram" -> isPart(family.name(), "_bucket", "_count", "_sum");
            case "summary" ->
                isPart(family.name(), "", "_count", "_sum")
                        && name.equals(family.name()) == labels.containsKey("quantile");
            default -> name.equals(family.name());
        };
    }

    private boolean isPart(String family, String... suffixes) {
        for (String suffix : suffixes) {
            if (name.length() == family.length() + suffix.length()
                    && name.startsWith(family)
                    && name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    /** Reads the labels from their opening brace; returns the position behind the closing one. */
    private static int labels(String line, int brace, SortedMap<String, String> to) {
        int at = brace;
        do {
            int end = endOfWord(line, at + 1, false);
            String key = line.substring(at + 1, end);
            require(!key.isEmpty() && !isDigit(key.charAt(0)), "must have legal label names");
            require(line.startsWith("=\"", end), "must quote the value of label " + key);
            StringBuilder value = new StringBuilder();
            at = value(line, end + 2, value);
            require(to.put(key, value.toString()) == null, "has label " + key + " twice");
            require(at < line.length(), "must close its labels");
        } while (line.charAt(at) == ',');
        require(line.charAt(at) == '}', "must close its labels");
        return at + 1;
    }

    /** Reads an escaped value; returns the position behind its closing quote. */
    private static int value(String line, int start, StringBuilder to) {
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i++;
                require(i < line.length() && "\\\"n".indexOf(line.charAt(i)) >= 0, "has a bad escape");
                c = line.charAt(i) == 'n' ? '\n' : line.charAt(i);
            }
            to.append(c);
        }
        throw new IllegalArgumentException("must close its quotes");
    }

    private static double number(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                require(NUMBER.matcher(text).matches(), "must end in a number");
                yield Double.parseDouble(text);
            }
        };
    }

    static double bound(String le) {
        return number(le);
    }

    private static int endOfWord(String line, int start, boolean colons) {
        int end = start;
        while (end < line.length() && isWord(line.charAt(end), colons)) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char c, boolean colons) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || c == '_' || isDigit(c) || (colons && c == ':');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
