package io.loom.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Work that yields a value and may throw.
 *
 * @param <T> what it yields
 * @param <X> what it may throw; inferred as {@link RuntimeException} where it throws nothing checked
 */
@FunctionalInterface
public interface ThrowingSupplier<T extends @Nullable Object, X extends Exception> {
    /**
     * {@return what the work yields}
     *
     * @throws X where the work fails
     */
    T get() throws X;
}
