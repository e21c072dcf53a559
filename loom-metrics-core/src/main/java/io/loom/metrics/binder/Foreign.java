package io.loom.metrics.binder;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Code of others that adapters ask. It may throw, and the call that it is asked about is none of its business. */
final class Foreign {
    private Foreign() {}

    /** {@return what {@code code} says of {@code subject}; null where it throws} */
    static <T, R> @Nullable R ask(Function<? super T, ? extends @Nullable R> code, T subject) {
        try {
            return code.apply(subject);
        } catch (Throwable e) {
            return null;
        }
    }
}
