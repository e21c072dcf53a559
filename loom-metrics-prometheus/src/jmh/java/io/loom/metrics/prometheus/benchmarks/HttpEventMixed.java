package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * {@link HttpEvent} with what loom has to pay for: GET and PUT of an endpoint share a chain, beside its POST and DELETE, and half of
 * the requests end by another status than 200, which takes a count of its own. The strings are identical.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HttpEventMixed {
    @Benchmark
    public void loom(LoomPeer peer, Draw draw) {
        long bits = draw.next();
        peer.http(route(bits), Draw.mixedStatus(bits), Draw.nanos(bits));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Draw draw) {
        long bits = draw.next();
        peer.http(route(bits), Draw.mixedStatus(bits), Draw.nanos(bits));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Draw draw) {
        long bits = draw.next();
        peer.http(route(bits), Draw.mixedStatus(bits), Draw.nanos(bits));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Draw draw) {
        long bits = draw.next();
        peer.http(route(bits), Draw.mixedStatus(bits), Draw.nanos(bits));
    }

    private static Route route(long bits) {
        return Words.MIXED_ROUTES.get(Draw.index(bits, Words.MIXED_ROUTES.size()));
    }
}
