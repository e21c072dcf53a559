package io.loom.metrics.weaving;

import io.loom.metrics.woven.WovenMethod;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around a method that returns a {@code Mono} or a {@code Flux}: what counts are its subscriptions. */
final class PublisherAdvice {
    private PublisherAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Woven Object constant, @Advice.Local("method") Object method) {
        method = constant; // read once: each time is an instruction to link
        return ((WovenMethod) method).begin();
    }

    @SuppressWarnings("UnusedVariable") // it is what the method returns
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
            @Advice.Enter @Nullable Object call,
            @Advice.Local("method") @Nullable Object method,
            @Advice.AllArguments @Nullable Object[] arguments,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown) {
        if (method != null) {
            returned = ((WovenMethod) method).watched(call, arguments, returned, thrown);
        }
    }
}
