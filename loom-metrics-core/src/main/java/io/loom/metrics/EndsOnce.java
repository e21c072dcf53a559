package io.loom.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What ends once, by whoever comes first. Thread-safe and wait-free.
 *
 * <p>The thread that made it needs no compare-and-set, which would keep the object on the heap even where it never leaves its
 * method. Only a maker and a rival that meet decide by one:
 *
 * <pre>
 *   maker   makerCame = true    rivalCame?  no ──► first       yes ──► compare-and-set of decided
 *   rival   rivalCame = true    makerCame?  yes ─► too late    no ───► compare-and-set of decided
 * </pre>
 *
 * <p>Each writes before it reads, so that not both can miss the other. A rival that sees the maker leaves it the field.
 *
 * <p>Sub-classes keep {@code close()} to a single call. {@code try} closes in a second place, after a throw, which HotSpot counts as
 * never reached: it inlines there only what has six bytes of code at most, and an object that is passed to a call goes to the heap.
 *
 * <p>It holds the thread that made it, and so is for what is short: a request, not a session. It is a super-class because a
 * part of its own would be an object of its own.
 */
abstract class EndsOnce {
    private static final VarHandle DECIDED;

    static {
        try {
            DECIDED = MethodHandles.lookup().findVarHandle(EndsOnce.class, "decided", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Thread maker = Thread.currentThread();
    private volatile boolean makerCame;
    private volatile boolean rivalCame;
    private volatile boolean decided;

    /** {@return whether this call ends it; no other call will} */
    final boolean end() {
        return Thread.currentThread() == maker ? endByMaker() : endByRival();
    }

    /** {@return whether it has ended, or is about to} */
    final boolean hasEnded() {
        return makerCame || rivalCame;
    }

    final boolean endByMaker() {
        if (makerCame) {
            return false;
        }
        makerCame = true;
        return !rivalCame || DECIDED.compareAndSet(this, false, true);
    }

    final boolean endByRival() {
        rivalCame = true;
        return !makerCame && DECIDED.compareAndSet(this, false, true);
    }
}
