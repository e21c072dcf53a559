package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.HttpRequest;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A whole HTTP request whose handle is published, as it is for another thread to end: it cannot be optimised away, and what
 * counts is its size: the time is that of one which its maker ends. OpenTelemetry has no such handle.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandleAcrossThreads {
    private static final Route ROUTE = Words.ROUTES.get(0);

    @Benchmark
    public void loom(LoomPeer peer, Published handles) {
        handles.request = peer.startHttp(ROUTE);
        HttpRequest request = Objects.requireNonNull(handles.request);
        request.status(200);
        request.close();
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Published handles) {
        handles.sample = peer.startHttp(ROUTE);
        Objects.requireNonNull(handles.sample).end(ROUTE, 200);
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Published handles) {
        handles.timer = peer.startHttp(ROUTE);
        Objects.requireNonNull(handles.timer).end(ROUTE, 200);
    }

    /** Where other threads would find the handles. */
    @State(Scope.Thread)
    public static class Published {
        private volatile @Nullable HttpRequest request;
        private volatile MicrometerPeer.@Nullable Request sample;
        private volatile ClientJavaPeer.@Nullable Request timer;
    }
}
