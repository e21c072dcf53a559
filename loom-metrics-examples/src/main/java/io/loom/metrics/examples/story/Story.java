package io.loom.metrics.examples.story;

import java.util.UUID;

/**
 * A story that may be shown.
 *
 * @param id what it is found by
 * @param words the length of {@code text}
 */
public record Story(String id, Genre genre, String text, int words) {
    /** {@return a story with an id of its own} */
    public static Story of(Genre genre, String text) {
        return new Story(UUID.randomUUID().toString(), genre, text, text.split("\\s+").length);
    }
}
