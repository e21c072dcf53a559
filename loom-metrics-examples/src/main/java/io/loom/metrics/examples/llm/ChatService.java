package io.loom.metrics.examples.llm;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * A service that speaks OpenAI's protocol.
 *
 * @param url what {@code /chat/completions} is appended to, such as {@code http://localhost:11434/v1}
 * @param provider its name as a label
 * @param model the model to ask for
 * @param streams whether its answers are to come in chunks
 * @param limit how long one answer may take as a whole: more than 0, at most an hour
 */
public record ChatService(URI url, String provider, String model, boolean streams, Duration limit) {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Duration MAX_LIMIT = Duration.ofHours(1);

    /**
     * Checks.
     *
     * @throws IllegalArgumentException where a value is out of range
     */
    public ChatService {
        if (url.getHost() == null || !SCHEMES.contains(String.valueOf(url.getScheme()))) {
            throw new IllegalArgumentException("llm-url must be an http or https URL: was \"" + url + '"');
        }
        if (limit.isNegative() || limit.isZero() || limit.compareTo(MAX_LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "llm-limit must be more than 0 and at most 3600 seconds: was " + limit.toMillis() + " ms");
        }
        requireName("llm-provider", provider);
        requireName("llm-model", model);
    }

    private static void requireName(String setting, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(setting + " must not be blank: was \"" + value + '"');
        }
    }
}
