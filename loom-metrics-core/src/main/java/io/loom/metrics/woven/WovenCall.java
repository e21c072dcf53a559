package io.loom.metrics.woven;

import io.micrometer.core.instrument.LongTaskTimer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call that needs more than its times, or that ends later than its method. Thread-safe; the first end counts. */
final class WovenCall extends AtomicBoolean {
    private static final long serialVersionUID = 1;

    private final transient WovenMethod method;
    private final transient MethodMeters meters;
    private final transient LongTaskTimer.@Nullable Sample[] longTasks;
    private final long start;

    WovenCall(WovenMethod method, MethodMeters meters) {
        this.method = method;
        this.meters = meters;
        this.longTasks = meters.start();
        this.start = meters.now();
    }

    void end(Outcome outcome, @Nullable Object @Nullable [] arguments, @Nullable Object result) {
        if (!compareAndSet(false, true)) {
            return;
        }
        try {
            meters.ended(start, outcome, arguments, result);
            MethodMeters.stop(longTasks);
        } catch (Throwable e) { // a registry's own
            method.failed(e);
        }
    }

    /** Ends without a trace. */
    void abandon() {
        if (compareAndSet(false, true)) {
            MethodMeters.stop(longTasks);
        }
    }

    boolean returnsStage() {
        return method.returnsStage();
    }

    /** Ends when {@code stage} does. */
    void endWith(CompletionStage<?> stage, @Nullable Object @Nullable [] arguments) {
        try {
            CompletionStage<?> unused = stage.whenComplete((value, failure) -> {
                Outcome outcome = failure == null ? Outcome.SUCCESS : Outcome.stageFailure(failure);
                end(outcome, arguments, value);
            });
        } catch (Throwable e) { // a stage that cannot be watched: what is known is that the method returned
            end(Outcome.SUCCESS, arguments, null);
        }
    }
}
