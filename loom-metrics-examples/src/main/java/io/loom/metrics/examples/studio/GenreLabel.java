package io.loom.metrics.examples.studio;

import io.loom.metrics.examples.story.Genre;
import io.micrometer.common.annotation.ValueResolver;
import org.jspecify.annotations.Nullable;

/** Makes a tag of a genre, with the values that the label {@code genre} has elsewhere. */
final class GenreLabel implements ValueResolver {
    @Override
    public String resolve(@Nullable Object genre) {
        return genre instanceof Genre known ? known.label() : "unknown";
    }
}
