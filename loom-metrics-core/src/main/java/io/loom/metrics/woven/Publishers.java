package io.loom.metrics.woven;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Meters each subscription of a {@code Mono} or {@code Flux}. Apart, so that Reactor is not needed where nothing returns one. */
final class Publishers {
    private Publishers() {}

    static Object watched(WovenMethod method, @Nullable Object[] arguments, Object returned) {
        if (returned instanceof Mono<?> mono) {
            return watched(method, arguments, mono);
        }
        return returned instanceof Flux<?> flux ? watched(method, arguments, flux) : returned;
    }

    private static <T> Mono<T> watched(WovenMethod method, @Nullable Object[] arguments, Mono<T> source) {
        return Mono.defer(() -> {
            WovenCall call = method.call();
            return call == null
                    ? source
                    : source.doOnSuccess(value -> call.end(Outcome.SUCCESS, arguments, value))
                            .doOnError(failure -> call.end(Outcome.failure(failure), arguments, null))
                            .doOnCancel(() -> call.end(Outcome.CANCELLED, arguments, null));
        });
    }

    private static <T> Flux<T> watched(WovenMethod method, @Nullable Object[] arguments, Flux<T> source) {
        return Flux.defer(() -> {
            WovenCall call = method.call();
            return call == null
                    ? source
                    : source.doOnComplete(() -> call.end(Outcome.SUCCESS, arguments, null))
                            .doOnError(failure -> call.end(Outcome.failure(failure), arguments, null))
                            .doOnCancel(() -> call.end(Outcome.CANCELLED, arguments, null));
        });
    }
}
