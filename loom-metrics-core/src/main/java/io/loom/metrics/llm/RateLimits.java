package io.loom.metrics.llm;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's answer says of the caller's rate limits, in the headers of OpenAI ({@code x-ratelimit-*}) or of Anthropic
 * ({@code anthropic-ratelimit-*}). A header that is missing or no number says nothing. Immutable.
 *
 * @param limits how much a resource allows in all
 * @param remaining how much of it is left
 * @param retryAfter how long to wait before the next attempt, if the answer says so
 */
public record RateLimits(Map<Resource, Long> limits, Map<Resource, Long> remaining, Optional<Duration> retryAfter) {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,15}");

    /** What is limited in a period of time. */
    public enum Resource {
        /** Requests. */
        REQUESTS,
        /** Tokens, both ways. */
        TOKENS,
        /** Tokens of prompts. */
        INPUT_TOKENS,
        /** Tokens of completions. */
        OUTPUT_TOKENS;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** {@return the value of the label {@code resource}} */
        public String label() {
            return label;
        }

        private String header() {
            return label.replace('_', '-');
        }
    }

    /** Copies the maps. */
    public RateLimits {
        limits = Map.copyOf(limits);
        remaining = Map.copyOf(remaining);
    }

    /**
     * {@return what an answer's headers say}
     *
     * @param header the value of a header by its name, which is in lower case; null where there is none
     */
    public static RateLimits of(Function<? super String, ? extends @Nullable String> header) {
        Map<Resource, Long> limits = new EnumMap<>(Resource.class);
        Map<Resource, Long> remaining = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            number(header, resource, "limit").ifPresent(value -> limits.put(resource, value));
            number(header, resource, "remaining").ifPresent(value -> remaining.put(resource, value));
        }
        OptionalLong seconds = whole(header.apply("retry-after")); // a date is not read: clocks differ
        return new RateLimits(
                limits,
                remaining,
                seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty());
    }

    private static Optional<Long> number(
            Function<? super String, ? extends @Nullable String> header, Resource resource, String what) {
        OptionalLong openAi = whole(header.apply("x-ratelimit-" + what + '-' + resource.header()));
        OptionalLong number = openAi.isPresent()
                ? openAi
                : whole(header.apply("anthropic-ratelimit-" + resource.header() + '-' + what));
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private static OptionalLong whole(@Nullable String text) {
        return text != null && WHOLE.matcher(text.strip()).matches()
                ? OptionalLong.of(Long.parseLong(text.strip()))
                : OptionalLong.empty();
    }
}
