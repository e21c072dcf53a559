package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One thread that records HTTP requests of 24 endpoints: alone, beside one that scrapes them and so many other lines without a
 * pause, and beside one that scrapes another registry, which costs what a busy second processor costs.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordingBesideScrapes {
    /** So many that each endpoint has seen each status. */
    private static final int EVENTS = 200_000;

    @Benchmark
    public void alone(Recorded recorded, Draw draw) {
        recorded.record(draw.next());
    }

    @Benchmark
    @Group("beside")
    @GroupThreads(1)
    public void recorder(Recorded recorded, Draw draw) {
        recorded.record(draw.next());
    }

    @Benchmark
    @Group("beside")
    @GroupThreads(1)
    public long scraper(Recorded recorded) throws IOException {
        return recorded.scrape();
    }

    @Benchmark
    @Group("besideAnother")
    @GroupThreads(1)
    public void recorderOfAnother(Recorded recorded, Draw draw) {
        recorded.record(draw.next());
    }

    @Benchmark
    @Group("besideAnother")
    @GroupThreads(1)
    public long scraperOfAnother(Another another) throws IOException {
        return another.recorded.scrape();
    }

    /** A page, and the meters that are recorded to, which are on it. */
    @State(Scope.Benchmark)
    public static class Recorded {
        @Param({"1000", "10000", "100000"})
        public int lines;

        private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        private final LoomMetrics loom = LoomMetrics.of(registry);

        @Setup
        public void write() {
            Pages.write(new MicrometerPageWriter(registry), lines);
        }

        long scrape() throws IOException {
            CountingSink sink = new CountingSink();
            registry.scrape(sink);
            return sink.bytes();
        }

        void record(long bits) {
            Route route = Words.ROUTES.get(Draw.index(bits, Words.ROUTES.size()));
            loom.http().recordNanos(route.method(), route.endpoint(), Draw.status(bits), Draw.nanos(bits));
        }
    }

    /** A page of the same size that nobody records to any more. */
    @State(Scope.Benchmark)
    public static class Another {
        private final Recorded recorded = new Recorded();

        @Setup
        public void write(Recorded beside) {
            recorded.lines = beside.lines;
            recorded.write();
            Draw draw = new Draw();
            for (int i = 0; i < EVENTS; i++) {
                recorded.record(draw.next());
            }
        }
    }
}
