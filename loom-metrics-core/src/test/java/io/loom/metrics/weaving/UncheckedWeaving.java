package io.loom.metrics.weaving;

import static net.bytebuddy.matcher.ElementMatchers.named;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;

/** Weaves {@code run} of a class, whatever its annotations say. */
final class UncheckedWeaving {
    private UncheckedWeaving() {}

    static byte[] of(Class<?> type) {
        return new ByteBuddy()
                .decorate(type)
                .visit(Advice.withCustomMapping()
                        .bind(new MethodConstant())
                        .to(PlainAdvice.class)
                        .on(named("run")))
                .make()
                .getBytes();
    }
}
