package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.ScrapeDeadline;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a scraper asks for, within bounds. */
final class Query {
    private static final int MAX_LENGTH = 64 * 1024;
    private static final String NAME = "name[]";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final double MAX_SECONDS = 3_600;
    private static final double NANOS_PER_SECOND = 1e9;

    private Query() {}

    /** {@return the values of {@code name[]}; empty where there are none} */
    static Set<String> names(@Nullable String query) throws RefusedException {
        Set<String> names = new HashSet<>();
        if (query == null) {
            return names;
        }
        if (query.length() > MAX_LENGTH) {
            throw RefusedException.queryTooLong(MAX_LENGTH, query.length());
        }
        int from = 0;
        while (from <= query.length()) {
            int ampersand = query.indexOf('&', from);
            int to = ampersand < 0 ? query.length() : ampersand;
            String pair = query.substring(from, to);
            int equals = pair.indexOf('=');
            if (equals >= 0 && decoded(pair.substring(0, equals)).equals(NAME)) {
                names.add(decoded(pair.substring(equals + 1)));
            }
            from = to + 1;
        }
        return names;
    }

    /**
     * {@return when a scraper gives up} Of what is no positive number nothing follows.
     *
     * @param seconds what it says of that
     */
    static ScrapeDeadline deadline(@Nullable String seconds) {
        if (seconds == null || !SECONDS.matcher(seconds).matches()) {
            return ScrapeDeadline.none();
        }
        double bounded = Math.min(MAX_SECONDS, Double.parseDouble(seconds));
        return bounded == 0
                ? ScrapeDeadline.none()
                : ScrapeDeadline.in(Duration.ofNanos((long) (bounded * NANOS_PER_SECOND)));
    }

    private static String decoded(String text) throws RefusedException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RefusedException.badRequest("The query must be URL-encoded: two hexadecimal digits follow each %.");
        }
    }
}
