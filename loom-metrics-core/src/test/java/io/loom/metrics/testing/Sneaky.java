package io.loom.metrics.testing;

import java.io.IOException;
import java.util.List;

/** Code that throws what its signature does not say, as Kotlin's may. */
@SuppressWarnings("TypeParameterUnusedInFormals") // it stands where any value may, as a throw cannot
public final class Sneaky {
    private Sneaky() {}

    /** Throws {@code failure} itself; {@return nothing, ever} */
    public static <T> T raise(Throwable failure) {
        return Sneaky.<T, RuntimeException>raiseAs(failure);
    }

    /** One of each kind that code can throw. */
    public static List<Throwable> kinds() {
        return List.of(
                new IllegalStateException("unchecked"),
                new IOException("checked"),
                new NoSuchMethodError("of another version"),
                new StackOverflowError(),
                new OutOfMemoryError("of a big array"),
                new OwnError());
    }

    /** An exception whose text and cause cannot be had: asking for them throws {@code failure}. */
    public static RuntimeException hostile(Throwable failure) {
        return new HostileException(failure);
    }

    @SuppressWarnings("unchecked")
    private static <T, X extends Throwable> T raiseAs(Throwable failure) throws X {
        throw (X) failure;
    }

    private static final class OwnError extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Throwable thrown;

        HostileException(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public synchronized Throwable getCause() {
            return raise(thrown);
        }

        @Override
        public String getMessage() {
            return raise(thrown);
        }
    }
}
