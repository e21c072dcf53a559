package io.loom.metrics.prometheus.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads files that come in jars. */
final class Resource {
    private Resource() {}

    /** {@return a file of our own, beside a class} */
    static byte[] beside(Class<?> type, String name) {
        return Objects.requireNonNull(read(type.getResourceAsStream(name)), name);
    }

    /** {@return a file of another jar, or null where there is none} */
    static byte @Nullable [] in(ClassLoader loader, String name) {
        return read(loader.getResourceAsStream(name));
    }

    private static byte @Nullable [] read(@Nullable InputStream stream) {
        if (stream == null) {
            return null;
        }
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
