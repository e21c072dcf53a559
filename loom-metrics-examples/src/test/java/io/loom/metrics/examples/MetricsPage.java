package io.loom.metrics.examples;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in the text format, read as simply as will do. */
record MetricsPage(List<Sample> samples) {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    static MetricsPage of(String text) {
        return new MetricsPage(text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(MetricsPage::sample)
                .toList());
    }

    /** {@return whether there is a sample of this name with at least these labels, written {@code key=value}} */
    boolean has(String name, String... labels) {
        return samples.stream().anyMatch(sample -> sample.matches(name, labels));
    }

    /** {@return the sum of the samples of this name with at least these labels} */
    double sum(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.matches(name, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static Sample sample(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not a sample: " + line);
        }
        Map<String, String> labels = new HashMap<>();
        String block = matcher.group(2) == null ? "" : matcher.group(2);
        for (MatchResult label : LABEL.matcher(block).results().toList()) {
            labels.put(label.group(1), label.group(2));
        }
        return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
    }

    record Sample(String name, Map<String, String> labels, double value) {
        boolean matches(String wanted, String... pairs) {
            return name.equals(wanted) && List.of(pairs).stream().allMatch(this::hasLabel);
        }

        private boolean hasLabel(String pair) {
            int equals = pair.indexOf('=');
            return pair.substring(equals + 1).equals(labels.get(pair.substring(0, equals)));
        }
    }
}
