package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Handles that another thread ended before the measurement, as in a service: the compiler knows that this happens. */
@State(Scope.Benchmark)
public class RivalEnds {
    private static final int ENDS = 20_000;

    @Setup
    public void end(LoomPeer peer) {
        IntStream.range(0, ENDS)
                .mapToObj(i -> peer.startHttp(Words.ROUTES.get(0)))
                .toList()
                .forEach(request -> CompletableFuture.runAsync(request::close).join());
        IntStream.range(0, ENDS)
                .mapToObj(i -> peer.startLlm())
                .toList()
                .forEach(call -> CompletableFuture.runAsync(call::cancel).join());
        IntStream.range(0, ENDS)
                .mapToObj(i -> peer.startStream())
                .toList()
                .forEach(stream -> CompletableFuture.runAsync(stream::cancel).join());
    }
}
