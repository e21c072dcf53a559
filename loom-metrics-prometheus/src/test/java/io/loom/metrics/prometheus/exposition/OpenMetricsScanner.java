package io.loom.metrics.prometheus.exposition;

import static io.loom.metrics.prometheus.exposition.TextPage.require;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a line of OpenMetrics 1.0 by the rules of its ABNF, from left to right. */
final class OpenMetricsScanner {
    /** As the ABNF has them, which compares without regard to case. */
    private static final Pattern REAL_NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|[0-9]*\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private static final Pattern NAN = Pattern.compile("nan", Pattern.CASE_INSENSITIVE);
    private static final Pattern INFINITE = Pattern.compile("([+-]?)inf(?:inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final String line;
    private int at;

    OpenMetricsScanner(String line) {
        this.line = line;
    }

    static boolean isMetricName(String name) {
        return METRIC_NAME.matcher(name).matches();
    }

    static double number(String text) {
        Matcher infinite = INFINITE.matcher(text);
        if (infinite.matches()) {
            return infinite.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (NAN.matcher(text).matches()) {
            return Double.NaN;
        }
        return realNumber(text);
    }

    static double realNumber(String text) {
        require(REAL_NUMBER.matcher(text).matches(), "must have a number");
        return Double.parseDouble(text);
    }

    /** {@return an escaped string without its escapes} */
    static String unescaped(String text) {
        OpenMetricsScanner scanner = new OpenMetricsScanner(text);
        String plain = scanner.escapedString();
        require(scanner.atEnd(), "must escape its quotes");
        return plain;
    }

    boolean atEnd() {
        return at == line.length();
    }

    /** {@return whether the text follows} It is read then. */
    boolean skip(String text) {
        boolean follows = line.startsWith(text, at);
        at += follows ? text.length() : 0;
        return follows;
    }

    void expect(String text, String rule) {
        require(skip(text), rule);
    }

    String metricName() {
        return match(METRIC_NAME, "must begin with a legal name");
    }

    /** {@return what comes before the next space or the end} */
    String word() {
        int space = line.indexOf(' ', at);
        int end = space < 0 ? line.length() : space;
        String word = line.substring(at, end);
        at = end;
        return word;
    }

    /** {@return labels in braces} */
    SortedMap<String, String> labels() {
        SortedMap<String, String> labels = new TreeMap<>();
        expect("{", "must open its labels");
        if (skip("}")) {
            return labels;
        }
        do {
            String name = match(LABEL_NAME, "must have legal label names");
            expect("=\"", "must quote the value of label " + name);
            require(labels.put(name, escapedString()) == null, "has label " + name + " twice");
            expect("\"", "must close its quotes");
        } while (skip(","));
        expect("}", "must close its labels");
        return labels;
    }

    private String escapedString() {
        StringBuilder plain = new StringBuilder();
        while (!atEnd() && line.charAt(at) != '"') {
            char c = line.charAt(at++);
            if (c == '\\' && !atEnd() && "n\"\\".indexOf(line.charAt(at)) >= 0) {
                char escaped = line.charAt(at++);
                c = escaped == 'n' ? '\n' : escaped;
            } else {
                require(c != '\\', "has a bad escape");
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private String match(Pattern pattern, String rule) {
        Matcher matcher = pattern.matcher(line).region(at, line.length());
        require(matcher.lookingAt(), rule);
        at = matcher.end();
        return matcher.group();
    }
}
