package io.loom.metrics.examples.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time that goes faster: all that is waited for and looked back at becomes shorter by the same factor, so that traffic that
 * comes as much faster looks the same. Counts and shares are what they were.
 *
 * @param factor how many times as fast
 */
public record TimeScale(int factor) {
    private static final int DURATION_GROUP = 1;
    private static final int SECONDS_GROUP = 2;
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TIMES = List.of("interval", "for", "keep_firing_for");
    private static final Map<String, Long> UNITS = Map.of(
            "ms", 1L,
            "s", 1_000L,
            "m", 60_000L,
            "h", 3_600_000L,
            "d", 86_400_000L,
            "w", 604_800_000L,
            "y", 31_536_000_000L);
    private static final String UNIT = "(?:ms|[smhdwy])";
    private static final Pattern PART = Pattern.compile("(\\d+)(" + UNIT + ")");
    private static final Pattern DURATION = Pattern.compile("(?:\\d+" + UNIT + ")+");

    /**
     * The tokens of PromQL, as far as they must be told apart. Four are times: a duration, the seconds of a rate that is written
     * {@code 1 / 60}, those that a prediction looks ahead, and those of an hour or a day.
     */
    private static final Pattern TOKEN = Pattern.compile("#[^\n]*|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
            + "|[a-zA-Z_][\\w:]*"
            + "|(" + DURATION + ")(?![\\w.])"
            + "|((?<=[<>] 1 / )\\d+|(?<=], )\\d+|3600|86400)(?![\\w.])"
            + "|[0-9][\\w.]*");

    /** Checks. */
    public TimeScale {
        if (factor < 1) {
            throw new IllegalArgumentException("factor must be 1 or more: was " + factor);
        }
    }

    /** {@return a file of rules or alerts, as JSON, which is YAML} */
    public String rules(Path file) throws IOException {
        JsonNode rules = Kit.yaml(file);
        for (JsonNode group : rules.path("groups")) {
            shorten(group);
            for (JsonNode rule : group.path("rules")) {
                shorten(rule);
                ((ObjectNode) rule).put("expr", promql(rule.path("expr").asText()));
            }
        }
        return JSON.writeValueAsString(rules);
    }

    /** {@return an expression that looks back less far} */
    String promql(String expression) {
        return TOKEN.matcher(expression).replaceAll(token -> Matcher.quoteReplacement(token(token)));
    }

    /**
     * {@return a shorter time, in milliseconds}
     *
     * @throws IllegalArgumentException where it is no duration of Prometheus, or not a whole number of them
     */
    public String duration(String duration) {
        if (!DURATION.matcher(duration).matches()) {
            throw new IllegalArgumentException("a duration must be numbers with units: was \"" + duration + '"');
        }
        long millis = PART.matcher(duration)
                .results()
                .mapToLong(part -> Long.parseLong(part.group(1)) * UNITS.get(part.group(2)))
                .sum();
        return shorter(millis, duration) + "ms";
    }

    /** {@return how long as much time takes here} */
    public Duration of(Duration duration) {
        return Duration.ofMillis(shorter(duration.toMillis(), duration.toString()));
    }

    private String token(MatchResult token) {
        if (token.group(DURATION_GROUP) != null) {
            return duration(token.group());
        }
        return token.group(SECONDS_GROUP) != null ? seconds(token.group()) : token.group();
    }

    private String seconds(String seconds) {
        double shorter = Double.parseDouble(seconds) / factor;
        return shorter == Math.rint(shorter) ? Long.toString((long) shorter) : Double.toString(shorter);
    }

    private long shorter(long millis, String text) {
        if (millis % factor != 0) {
            throw new IllegalArgumentException(
                    "a duration must be a whole number of milliseconds when it is divided by " + factor + ": was "
                            + text);
        }
        return millis / factor;
    }

    private void shorten(JsonNode node) {
        for (String time : TIMES) {
            if (node.has(time)) {
                ((ObjectNode) node)
                        .set(time, TextNode.valueOf(duration(node.path(time).asText())));
            }
        }
    }
}
