package io.loom.metrics.weaving;

import io.loom.metrics.woven.WovenMethod;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around a method that has tags of its own: it needs the arguments that it was called with, whatever it makes of them. */
final class TaggedAdvice {
    private TaggedAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Woven Object constant) {
        return ((WovenMethod) constant).begin();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.AllArguments @Nullable Object[] arguments,
            @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown) {
        WovenMethod.end(call, arguments, returned, thrown);
    }
}
