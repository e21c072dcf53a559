package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
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
        Turn turn = now.turn;
        long start = System.nanoTime();
        for (int i = 0; i < BATCH; i++) {
            recorded.record(draw.next());
        }
        long nanos = System.nanoTime() - start;
        if (now.turn == turn) { // a batch that has seen two turns tells of neither
            times.add(turn, nanos, BATCH);
        }
    }

    @Benchmark
    @Group("turns")
    @GroupThreads(1)
    public long scraper(Recorded recorded, Another another, Now now, ScrapeTimes times) throws Exception {
        Turn turn = times.nextTurn();
        now.turn = turn;
        long bytes = 0;
        switch (turn) {
            case BESIDE -> bytes = times.scrape(turn, recorded);
            case BESIDE_ANOTHER -> bytes = times.scrape(turn, another.recorded);
            default -> TimeUnit.NANOSECONDS.sleep(TURN_NANOS);
        }
        now.turn = Turn.NONE;
        return bytes;
    }

    enum Turn {
        /** Between two turns. */
        NONE,
        ALONE,
        BESIDE,
        BESIDE_ANOTHER
    }

    /** What the scraper does now. */
    @State(Scope.Group)
    public static class Now {
        private volatile Turn turn = Turn.NONE;
    }

    /** The mean time of an operation in each of the turns. */
    abstract static class Means {
        private final Map<Turn, Long> nanos = new EnumMap<>(Turn.class);
        private final Map<Turn, Long> operations = new EnumMap<>(Turn.class);

        @Setup(Level.Iteration)
        public void clear() {
            nanos.clear();
            operations.clear();
        }

        void add(Turn turn, long moreNanos, long moreOperations) {
            nanos.merge(turn, moreNanos, Long::sum);
            operations.merge(turn, moreOperations, Long::sum);
        }

        /** {@return nanoseconds, or 0 where there was no such turn} */
        double of(Turn turn) {
            return nanos.getOrDefault(turn, 0L) / (double) operations.getOrDefault(turn, 1L);
        }
    }

    /** The time of an event in each of the turns, in nanoseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class RecordingTimes extends Means {
        public double alone() {
            return of(Turn.ALONE);
        }

        public double beside() {
            return of(Turn.BESIDE);
        }

        public double besideAnother() {
            return of(Turn.BESIDE_ANOTHER);
        }
    }

    /** The time of a scrape of either registry, in nanoseconds: how warm the scraper is. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class ScrapeTimes extends Means {
        private static final Turn[] TURNS = {Turn.ALONE, Turn.BESIDE, Turn.BESIDE_ANOTHER};

        private int turns;

        public double scrape() {
            return of(Turn.BESIDE);
        }

        public double scrapeOfAnother() {
            return of(Turn.BESIDE_ANOTHER);
        }

        Turn nextTurn() {
            return TURNS[turns++ % TURNS.length];
        }

        long scrape(Turn turn, Recorded recorded) throws IOException {
            long bytes = 0;
            int scrapes = 0;
            long start = System.nanoTime();
            long nanos;
            do {
                bytes += recorded.scrape();
                scrapes++;
                nanos = System.nanoTime() - start;
            } while (nanos < TURN_NANOS);
            add(turn, nanos, scrapes);
            return bytes;
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
            Settled.settle();
        }
    }
}
