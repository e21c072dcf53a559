package io.loom.metrics;

import io.micrometer.core.instrument.Meter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Tells a registry's filters whether the meter that is being registered is loom's own, of any instance. They are not told, and see
 * the thread alone. Thread-safe.
 */
final class OwnRegistration {
    /** Threads that may be registering. One whose stack ended while it took its mark away keeps it until somebody asks. */
    private static final Set<Thread> MARKED = ConcurrentHashMap.newKeySet();

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private OwnRegistration() {}

    /** {@return what {@code register} gives} */
    static <M extends Meter> M run(Supplier<M> register) {
        boolean outermost = MARKED.add(Thread.currentThread());
        try {
            return register.get();
        } finally {
            if (outermost) { // a filter may register meters of its own
                MARKED.remove(Thread.currentThread());
            }
        }
    }

    /** {@return whether this thread is registering one of loom's meters at this moment} */
    static boolean isUnderWay() {
        if (!MARKED.contains(Thread.currentThread())) {
            return false;
        }
        boolean underWay = STACK.walk(frames -> frames.anyMatch(OwnRegistration::isRun));
        if (!underWay) {
            MARKED.remove(Thread.currentThread());
        }
        return underWay;
    }

    private static boolean isRun(StackWalker.StackFrame frame) {
        return frame.getDeclaringClass() == OwnRegistration.class
                && frame.getMethodName().equals("run");
    }
}
