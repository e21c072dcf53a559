package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One thread records HTTP requests of 24 endpoints, and another takes turns: it sleeps, it scrapes these endpoints and so many
 * other lines without a pause, and it scrapes another registry, which costs what a busy second processor costs. The turns are
 * short and of one JVM, so that a machine that changes its mind changes it for all of them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordingBesideScrapes {
    private static final int BATCH = 1_000;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** So many that each endpoint has seen each status. */
    private static final int EVENTS = 200_000;

    @Benchmark
    @Group("turns")
    @GroupThreads(1)
    public void recorder(Recorded recorded, Draw draw, Now now, RecordingTimes times) {
        Optional<Turn> turn = now.turn;
        long start = System.nanoTime();
        for (int i = 0; i < BATCH; i++) {
            recorded.record(draw.next());
        }
        long nanos = System.nanoTime() - start;
        if (now.turn == turn) { // a batch that has seen two turns tells of neither
            turn.ifPresent(whole -> times.add(whole, nanos));
        }
    }

    @Benchmark
    @Group("turns")
    @GroupThreads(1)
    public void scraper(Recorded recorded, Another another, Now now, Order order) throws Exception {
        Turn turn = order.next();
        now.turn = turn.begun;
        switch (turn) {
            case ALONE -> TimeUnit.NANOSECONDS.sleep(TURN_NANOS);
            case BESIDE -> recorded.scrapeFor(TURN_NANOS);
            case BESIDE_ANOTHER -> another.recorded.scrapeFor(TURN_NANOS);
        }
        now.turn = Optional.empty();
    }

    private enum Turn {
        ALONE,
        BESIDE,
        BESIDE_ANOTHER;

        final Optional<Turn> begun = Optional.of(this);
    }

    /** What the scraper does now; nothing between two turns. */
    @State(Scope.Group)
    public static class Now {
        private volatile Optional<Turn> turn = Optional.empty();
    }

    /** Whose turn is next. */
    @State(Scope.Thread)
    public static class Order {
        private static final Turn[] TURNS = Turn.values();

        private int turns;

        Turn next() {
            return TURNS[turns++ % TURNS.length];
        }
    }

    /** The time of an event in each of the turns, in nanoseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class RecordingTimes {
        private final long[] nanos = new long[Turn.values().length];
        private final long[] events = new long[Turn.values().length];

        @Setup(Level.Iteration)
        public void clear() {
            Arrays.fill(nanos, 0);
            Arrays.fill(events, 0);
        }

        public double alone() {
            return mean(Turn.ALONE);
        }

        public double beside() {
            return mean(Turn.BESIDE);
        }

        public double besideAnother() {
            return mean(Turn.BESIDE_ANOTHER);
        }

        void add(Turn turn, long batchNanos) {
            nanos[turn.ordinal()] += batchNanos;
            events[turn.ordinal()] += BATCH;
        }

        private double mean(Turn turn) {
            return (double) nanos[turn.ordinal()] / events[turn.ordinal()];
        }
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

        void scrapeFor(long nanos) throws IOException {
            long start = System.nanoTime();
            do {
                registry.scrape(new CountingSink());
            } while (System.nanoTime() - start < nanos);
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
