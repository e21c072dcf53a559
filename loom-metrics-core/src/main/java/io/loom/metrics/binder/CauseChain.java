package io.loom.metrics.binder;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An exception, its cause, and so on. Never throws. */
final class CauseChain {
    /** Causes may form a circle. */
    private static final int MAX_DEPTH = 16;

    private CauseChain() {}

    /** {@return whether any of them is wanted} */
    static boolean has(@Nullable Throwable failure, Predicate<Throwable> wanted) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (wanted.test(cause)) {
                return true;
            }
            cause = Foreign.ask(Throwable::getCause, cause);
        }
        return false;
    }
}
