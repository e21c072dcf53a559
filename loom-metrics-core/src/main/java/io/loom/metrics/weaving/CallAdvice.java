package io.loom.metrics.weaving;

import io.loom.metrics.woven.WovenMethod;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around a method that has a long task, or whose calls end with the stage that they return. */
final class CallAdvice {
    private CallAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Woven Object constant) {
        return ((WovenMethod) constant).begin();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class, backupArguments = false)
    static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown) {
        WovenMethod.end(call, null, returned, thrown);
    }
}
