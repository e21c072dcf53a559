package io.loom.metrics.weaving;

import io.loom.metrics.woven.WovenMethod;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around a method of which only the times count.
 *
 * <p>Advice is copied into the method and never runs here. Its parameters are of the JDK's own types, since whoever weaves may
 * not see loom's.
 */
final class PlainAdvice {
    private PlainAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static long enter(@Woven Object constant, @Advice.Local("method") Object method) {
        method = constant; // read once: each time is an instruction to link
        return ((WovenMethod) method).start();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class, backupArguments = false)
    static void exit(
            @Advice.Enter long start,
            @Advice.Local("method") @Nullable Object method,
            @Advice.Thrown @Nullable Throwable thrown) {
        if (method != null) {
            ((WovenMethod) method).end(start, thrown);
        }
    }
}
