package io.loom.metrics.examples.promql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the metrics that a query names, and the labels that it takes each of them to have: those of its matchers, and those that
 * an aggregation around it groups by.
 *
 * <p>It reads as much of PromQL as our queries use. Vector matching ({@code on}, {@code ignoring}) is refused, never overlooked.
 * For one query and one thread.
 */
public final class PromqlNames {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
            + "|(?<range>\\[[^]]*])"
            + "|(?<number>\\d[\\w.]*)"
            + "|(?<word>[a-zA-Z_:][\\w:]*)"
            + "|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^<>=(){},@]))");
    private static final Set<String> GROUPINGS = Set.of("by", "without");
    private static final Set<String> MATCHINGS = Set.of("on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "atan2");

    private final String query;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    private PromqlNames(String query) {
        this.query = query;
        Matcher matcher = TOKEN.matcher(query.strip());
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
            matcher.region(end, query.strip().length());
        }
        require(end == query.strip().length(), "a token");
    }

    /** {@return the samples that a query names, in order} */
    public static List<Use> in(String query) {
        PromqlNames reader = new PromqlNames(query);
        List<Use> uses = reader.expressions();
        reader.require(reader.next == reader.tokens.size(), "the end");
        return uses;
    }

    private List<Use> expressions() {
        List<Use> uses = new ArrayList<>();
        while (next < tokens.size() && !peek(")")) {
            String token = tokens.get(next++);
            if (token.equals("(")) {
                uses.addAll(group());
            } else if (isWord(token)) {
                uses.addAll(named(token));
            } else {
                require(!token.equals("{"), "a name before its matchers");
            }
        }
        return uses;
    }

    /** The rest of what is in parentheses. */
    private List<Use> group() {
        List<Use> uses = expressions();
        take(")");
        return uses;
    }

    private List<Use> named(String word) {
        require(!MATCHINGS.contains(word), "no vector matching");
        if (OPERATORS.contains(word)) {
            return List.of();
        }
        if (next < tokens.size() && (peek("(") || GROUPINGS.contains(tokens.get(next)))) {
            return called();
        }
        return List.of(new Use(word, peek("{") ? matchers() : Set.of()));
    }

    /** A function or an aggregation, which says before or after its arguments what it groups by. */
    private List<Use> called() {
        Set<String> labels = new HashSet<>(grouping());
        take("(");
        List<Use> uses = group();
        labels.addAll(grouping());
        return uses.stream().map(use -> use.with(labels)).toList();
    }

    private Set<String> grouping() {
        Set<String> labels = new HashSet<>();
        if (next < tokens.size() && GROUPINGS.contains(tokens.get(next))) {
            next++;
            take("(");
            while (!peek(")")) {
                labels.add(takeAny("a label"));
                if (peek(",")) {
                    next++;
                }
            }
            take(")");
        }
        return labels;
    }

    private Set<String> matchers() {
        Set<String> labels = new HashSet<>();
        take("{");
        while (!peek("}")) {
            labels.add(takeAny("a label"));
            takeAny("a sign");
            takeAny("a text");
            if (peek(",")) {
                next++;
            }
        }
        take("}");
        return labels;
    }

    private boolean peek(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private void take(String token) {
        require(peek(token), token);
        next++;
    }

    private String takeAny(String wanted) {
        require(next < tokens.size(), wanted);
        return tokens.get(next++);
    }

    private static boolean isWord(String token) {
        return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_' || token.charAt(0) == ':';
    }

    private void require(boolean holds, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException("query must have " + wanted + " at token " + next + ": was " + query);
        }
    }

    /**
     * One name in a query.
     *
     * @param sample the name as it stands there
     * @param labels what the query takes it to have
     */
    public record Use(String sample, Set<String> labels) {
        public Use {
            labels = Set.copyOf(labels);
        }

        private Use with(Set<String> more) {
            Set<String> all = new HashSet<>(labels);
            all.addAll(more);
            return new Use(sample, all);
        }
    }
}
