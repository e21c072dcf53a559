package io.loom.metrics.woven;

import io.micrometer.core.instrument.LongTaskTimer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call that needs more than its times, or that ends later than its method. Thread-safe; the first end counts. */
final class WovenCall {
    private final WovenMethod method;
    private final MethodMeters meters;
    private final LongTaskTimer.@Nullable Sample[] longTasks;
    private final long start;
    private final AtomicBoolean ended = new AtomicBoolean();

    WovenCall(WovenMethod method, MethodMeters meters) {
        this.method = method;
        this.meters = meters;
        this.longTasks = meters.start();
        this.start = meters.now();
    }

    void end(Outcome outcome, @Nullable Object @Nullable [] arguments, @Nullable Object result) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            MethodMeters.stop(longTasks);
            meters.ended(start, outcome, arguments, result);
        } catch (Throwable e) { // a registry's own
            method.failed(e);
        }
    }

    /** Ends without a trace. */
    void abandon() {
        if (ended.compareAndSet(false, true)) {
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
