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
    static long enter(@Woven Object constant, @Advice.Local("meters") @Nullable Object meters) {
        meters = ((WovenMethod) constant).meters();
        return WovenMethod.start(meters);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class, backupArguments = false)
    static void exit(
            @Advice.Enter long start,
            @Advice.Local("meters") @Nullable Object meters,
            @Advice.Thrown @Nullable Throwable thrown) {
        if (meters != null) {
            WovenMethod.end(meters, start, thrown);
        }
    }
}
