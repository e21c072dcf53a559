package io.loom.metrics.examples.studio;

import io.loom.metrics.examples.story.Genre;
import io.micrometer.common.annotation.ValueResolver;

/** Makes a tag of a genre, with the values that the label {@code genre} has elsewhere. */
final class GenreLabel implements ValueResolver {
    @Override
    public String resolve(Object genre) {
        return ((Genre) genre).label();
    }
}
