package io.loom.metrics.health;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made anew when it has become stale, by one of those who ask at the same time; the others share it.
 * Thread-safe; lock-free.
 *
 * @param <T> has not begun when it is made, and may be shared before it has
 */
final class Latest<T> {
    private final Supplier<T> make;
    private final Consumer<T> begin;
    private final Predicate<T> fresh;
    private final AtomicReference<@Nullable T> latest = new AtomicReference<>();

    Latest(Supplier<T> make, Consumer<T> begin, Predicate<T> fresh) {
        this.make = make;
        this.begin = begin;
        this.fresh = fresh;
    }

    /** {@return the latest one, which is fresh, or has begun since this was called} */
    T get() {
        T known = latest.get();
        if (known != null && fresh.test(known)) {
            return known;
        }
        T next = make.get();
        if (!latest.compareAndSet(known, next)) {
            return Objects.requireNonNull(latest.get()); // once there is one, there is always one
        }
        begin.accept(next);
        return next;
    }
}
