package io.loom.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What ends once, by one of those who come. Thread-safe and wait-free.
 *
 * <p>A thread that meets no other needs no compare-and-set, which would keep the object on the heap even where it never leaves its
 * method. The splitter of Moir and Anderson (<i>Wait-Free Algorithms for Fast, Long-Lived Renaming</i>, 1995) tells at most one
 * thread that it is alone; those that are not decide by a compare-and-set:
 *
 * <pre>
 *   last = me        closed?      yes ─► too late
 *   closed = true    last == me?  no ──► others: NONE to RACE    alone?  yes ─► too late   no ─► compare-and-set RACE to WON
 *   alone = true                         others?  none ─► first       RACE ─► compare-and-set RACE to WON
 * </pre>
 *
 * <p>Who is too late leaves it to another, which decides. Each writes before it reads, so that of two that meet not both can
 * miss the other.
 *
 * <p>A thread is told by the lower half of its id. So no two that meet here may have ids that agree in it: a sub-class that
 * overrides {@code getId()} must not have it so, and the JVM's own are 2<sup>32</sup> threads apart then. The thread itself would stay
 * in reach for as long as the handle, and be more to write: a reference in an object brings the collector's barriers along.
 *
 * <p>Sub-classes keep {@code close()} to a single call. {@code try} closes in a second place, after a throw, which HotSpot counts as
 * never reached: it inlines there only what has six bytes of bytecode at most, and was not compiled by itself to more than 625
 * bytes; and an object that is passed to a call goes to the heap. So what they do besides is short, or is done {@link Apart}.
 *
 * <p>It is a super-class because a part of its own would be an object of its own.
 */
abstract class EndsOnce {
    private static final byte NONE = 0;
    private static final byte RACE = 1;
    private static final byte WON = 2;
    private static final VarHandle OTHERS;

    static {
        try {
            OTHERS = MethodHandles.lookup().findVarHandle(EndsOnce.class, "others", byte.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int last;
    private volatile boolean closed;
    private volatile boolean alone;
    /** Whether others came, and whether one has won: in one byte, since an {@link LlmStream} has no other to spare. */
    private volatile byte others;

    /** {@return whether this call ends it; no other call will} */
    final boolean end() {
        if (closed) { // most are ended twice, by hand and by close(): the second is over without a write
            return false;
        }
        int me = (int) Thread.currentThread().getId();
        last = me;
        if (closed) {
            return false;
        }
        closed = true;
        return last == me ? endAlone() : endAmongOthers();
    }

    /** {@return whether it has ended, or is about to} */
    final boolean hasEnded() {
        return closed;
    }

    private boolean endAlone() {
        alone = true;
        return others == NONE || win();
    }

    private boolean endAmongOthers() {
        OTHERS.compareAndSet(this, NONE, RACE);
        return !alone && win();
    }

    private boolean win() {
        return OTHERS.compareAndSet(this, RACE, WON);
    }
}
