package io.loom.metrics.examples.deploy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The names in a PromQL expression, found by its tokens. What is no function, keyword, label or number is a metric, so that a
 * name that was mistyped is one, too.
 *
 * @param selectors the metrics, each with its matchers
 * @param labels those of {@code by}, {@code on}, {@code group_left} and their like
 */
record Promql(List<Selector> selectors, Set<String> labels) {
    private static final Pattern TOKEN = Pattern.compile("#[^\n]*|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
            + "|\\[[^\\]]*]|[a-zA-Z_:][\\w:]*|[0-9][\\w.]*|[!=<>~]+|[^\\s]");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");

    /** A metric, and what its labels must be. */
    record Selector(String metric, List<Matcher> matchers) {}

    /**
     * What a label must be.
     *
     * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
     */
    record Matcher(String label, String operator, String value) {}

    static Promql of(String expression) {
        Promql names = new Promql(new ArrayList<>(), new LinkedHashSet<>());
        List<String> tokens = TOKEN.matcher(expression)
                .results()
                .map(MatchResult::group)
                .filter(token -> !token.startsWith("#"))
                .toList();
        for (int i = 0; i < tokens.size(); i = names.read(tokens, i)) {
            // each step reads one thing, and says where the next begins
        }
        return names;
    }

    private int read(List<String> tokens, int at) {
        String token = tokens.get(at);
        String next = at + 1 < tokens.size() ? tokens.get(at + 1) : "";
        String word = token.toLowerCase(Locale.ROOT);
        if (token.equals("{")) {
            throw new AssertionError("a selector must have a name: " + String.join(" ", tokens));
        }
        if (LABEL_LISTS.contains(word)) {
            return next.equals("(") ? readLabels(tokens, at + 2) : at + 1;
        }
        if (!NAME.matcher(token).matches() || KEYWORDS.contains(word) || isFunction(next)) {
            return at + 1;
        }
        List<Matcher> matchers = new ArrayList<>();
        selectors.add(new Selector(token, matchers));
        return next.equals("{") ? readMatchers(tokens, at + 2, matchers) : at + 1;
    }

    private static boolean isFunction(String next) {
        return next.equals("(") || next.equals("by") || next.equals("without");
    }

    private int readLabels(List<String> tokens, int from) {
        int at = from;
        while (!tokens.get(at).equals(")")) {
            if (!tokens.get(at).equals(",")) {
                labels.add(tokens.get(at));
            }
            at++;
        }
        return at + 1;
    }

    private static int readMatchers(List<String> tokens, int from, List<Matcher> matchers) {
        int at = from;
        while (!tokens.get(at).equals("}")) {
            if (tokens.get(at).equals(",")) {
                at++;
            } else {
                String quoted = tokens.get(at + 2);
                matchers.add(new Matcher(tokens.get(at), tokens.get(at + 1), quoted.substring(1, quoted.length() - 1)));
                at += 3;
            }
        }
        return at + 1;
    }
}
