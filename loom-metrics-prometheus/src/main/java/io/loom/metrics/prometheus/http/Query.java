package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.ScrapeDeadline;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
        for (Parameter parameter : parameters(query)) {
            if (parameter.hasValue() && parameter.name().equals(NAME)) {
                names.add(parameter.value());
            }
        }
        return names;
    }

    /** {@return what is asked, in its order} */
    static List<Parameter> parameters(@Nullable String query) throws RefusedException {
        if (query == null) {
            return List.of();
        }
        if (query.length() > MAX_LENGTH) {
            throw RefusedException.queryTooLong(MAX_LENGTH, query.length());
        }
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(Parameter::new)
                .toList();
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

    /** One thing that is asked, as it was sent: what nobody looks at need not be well encoded. */
    record Parameter(String pair) {
        boolean hasValue() {
            return pair.indexOf('=') >= 0;
        }

        String name() throws RefusedException {
            return decoded(hasValue() ? pair.substring(0, pair.indexOf('=')) : pair);
        }

        /** {@return what comes behind the equals sign} */
        String value() throws RefusedException {
            return decoded(pair.substring(pair.indexOf('=') + 1));
        }
    }
}
