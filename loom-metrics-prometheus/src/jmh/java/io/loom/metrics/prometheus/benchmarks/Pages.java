package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.catalogue.Buckets;
import java.util.SplittableRandom;

/**
 * The page that is scraped, the same on all sides. Each hundred of its lines are 2 timers with 14 buckets and 12 without, each
 * with its maximum, 6 counters and 22 gauges: 50 whole numbers, 40 durations and 10 random doubles.
 */
final class Pages {
    private static final int LINES_A_BLOCK = 100;
    private static final int BLOCKS_A_FAMILY = 10;
    private static final int RECORDINGS_LIMIT = 2_000;
    private static final long SEED = 20_260_101;

    private Pages() {}

    static void write(PageWriter page, int lines) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int block = 0; block < lines / LINES_A_BLOCK; block++) {
            int family = block / BLOCKS_A_FAMILY;
            for (int i = 0; i < 2; i++) {
                page.timer("bench.requests.duration.f" + family, values(block, i), Meters.FOURTEEN, nanos(random));
            }
            for (int i = 0; i < 12; i++) {
                page.timer("bench.work.duration.f" + family, values(block, i), Buckets.NONE, nanos(random));
                page.gauge(
                        "bench.age.f" + family,
                        values(block, i),
                        Draw.nanos(random.nextLong()) / Meters.NANOS_PER_SECOND);
            }
            for (int i = 0; i < 6; i++) {
                page.counter("bench.requests.f" + family, values(block, i), random.nextInt(1, 1_000_000));
            }
            for (int i = 0; i < 10; i++) {
                page.gauge("bench.ratio.f" + family, values(block, i), random.nextDouble());
            }
        }
    }

    private static String[] values(int block, int i) {
        Route route = Words.ROUTES.get(i);
        return new String[] {route.method(), route.endpoint(), "shard-" + block % BLOCKS_A_FAMILY};
    }

    private static long[] nanos(SplittableRandom random) {
        return random.longs(random.nextInt(1, RECORDINGS_LIMIT))
                .map(Draw::nanos)
                .toArray();
    }
}
