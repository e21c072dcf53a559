package io.loom.metrics.examples.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words, numbers, texts and signs of one query, read one after the other. Comments are none. For one thread. */
final class Tokens {
    /** What stands between a label and its value. */
    static final Set<String> MATCHES = Set.of("=", "!=", "=~", "!~");

    private static final Pattern TOKEN = Pattern.compile("(?:\\s|#.*)*(?<token>"
            + "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
            + "|\\[[^]]*]"
            + "|\\d[\\w.]*"
            + "|[a-zA-Z_:][\\w:]*"
            + "|=~|!~|!=|==|>=|<=|[-+*/%^<>=(){},@])(?:\\s|#.*)*");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
    private static final Pattern VALUE = Pattern.compile("[\\d\"'].*", Pattern.DOTALL);

    private final String query;
    private final List<String> tokens;
    private int next;

    private Tokens(String query, List<String> tokens) {
        this.query = query;
        this.tokens = tokens;
    }

    static Tokens of(String query) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(query);
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group("token"));
            end = matcher.end();
            matcher.region(end, query.length());
        }
        Tokens all = new Tokens(query, tokens);
        all.next = tokens.size();
        all.require(end == query.length(), "a token");
        all.next = 0;
        return all;
    }

    static boolean isName(String token) {
        return NAME.matcher(token).matches();
    }

    static boolean isValue(String token) {
        return VALUE.matcher(token).matches();
    }

    boolean atEnd() {
        return next == tokens.size();
    }

    boolean at(String token) {
        return !atEnd() && tokens.get(next).equals(token);
    }

    boolean atAny(Set<String> some) {
        return !atEnd() && some.contains(tokens.get(next));
    }

    boolean atRange() {
        return !atEnd() && tokens.get(next).startsWith("[");
    }

    String take() {
        require(!atEnd(), "more");
        return tokens.get(next++);
    }

    String takeName() {
        require(!atEnd() && isName(tokens.get(next)), "a label");
        return take();
    }

    String takeAny(Set<String> some) {
        require(atAny(some), "a sign");
        return take();
    }

    /** {@return the text without its quotation marks} */
    String takeText() {
        String token = take();
        require(token.startsWith("\"") || token.startsWith("'"), "a text");
        return token.substring(1, token.length() - 1);
    }

    /** {@return whether the token was there; then it is behind} */
    boolean skip(String token) {
        boolean there = at(token);
        if (there) {
            next++;
        }
        return there;
    }

    void skipOnly(String token) {
        require(skip(token), token);
    }

    void require(boolean holds, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException("query must have " + wanted + " at token " + next + ": was " + query);
        }
    }
}
