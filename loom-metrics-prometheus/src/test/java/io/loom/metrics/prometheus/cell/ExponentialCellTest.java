package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.Race;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExponentialCellTest {
    private static final int THREADS = 8;
    private static final int EVENTS = 200_000;

    private final ExponentialBuckets buckets = new ExponentialBuckets();

    @Test
    void read_nothingRecorded_isEmpty() {
        buckets.read(new ExponentialCell(new ExponentialLayout(3, 160)));

        assertThat(buckets.schema()).isEqualTo(3);
        assertThat(buckets.count()).isZero();
        assertThat(buckets.zeroCount()).isZero();
        assertThat(buckets.size()).isZero();
    }

    @Test
    void record_valuesAtAndBesideTheBounds_areCountedUpToTheirBound() {
        ExponentialCell cell = new ExponentialCell(new ExponentialLayout(0, 160));
        for (double value : new double[] {0.5, 0.6, 1, Math.nextUp(1.0), 2, 3, 4, 5}) {
            cell.record(value);
        }

        assertThat(read(cell)).isEqualTo(Map.of(-1, 1L, 0, 2L, 1, 2L, 2, 2L, 3, 1L));
        assertThat(buckets.count()).isEqualTo(8);
    }

    @Test
    void record_nextToNothing_isInTheZeroBucket() {
        ExponentialCell cell = new ExponentialCell(new ExponentialLayout(8, 160));
        for (double value : new double[] {0, -0.0, Double.MIN_VALUE, Double.MIN_NORMAL, 0x1p-128}) {
            cell.record(value);
        }
        cell.record(Math.nextUp(0x1p-128));

        assertThat(read(cell)).isEqualTo(Map.of(-128 * 256 + 1, 1L));
        assertThat(buckets.zeroCount()).isEqualTo(5);
        assertThat(buckets.count()).isEqualTo(6);
    }

    @Test
    void record_oneBucketTooMany_halvesTheSchemaOnce() {
        ExponentialCell cell = new ExponentialCell(new ExponentialLayout(3, 8));
        Map<Integer, Long> expected = new TreeMap<>();
        for (int i = 1; i <= 9; i++) {
            cell.record(Math.pow(2, (i - 0.5) / 8));
            expected.merge((i + 1) / 2, 1L, Long::sum);
            if (i == 8) {
                read(cell);
                assertThat(buckets.schema()).isEqualTo(3);
                assertThat(buckets.size()).isEqualTo(8);
            }
        }

        assertThat(read(cell)).isEqualTo(expected);
        assertThat(buckets.schema()).isEqualTo(2);
    }

    /** Neighbours in other octaves do not share a bucket for long: it takes more than one step. */
    @Test
    void record_valuesFarApart_coarsensUntilTheyFit() {
        ExponentialCell cell = new ExponentialCell(new ExponentialLayout(8, 8));
        for (int octave = 0; octave < 64; octave++) {
            cell.record(Math.scalb(1.5, octave));
        }

        Map<Integer, Long> read = read(cell);
        assertThat(buckets.schema()).isEqualTo(-3);
        assertThat(read.values()).containsOnly(8L);
        assertThat(buckets.count()).isEqualTo(64);
    }

    @Test
    void record_allOctavesWithTheSmallestBudget_endsAtTheCoarsestSchemaWithAllOfThem() {
        ExponentialCell cell = new ExponentialCell(new ExponentialLayout(8, 8));
        for (int octave = -127; octave < 1024; octave++) {
            cell.record(Math.scalb(1.5, octave));
        }

        read(cell);
        assertThat(buckets.schema()).isEqualTo(-4);
        assertThat(buckets.size()).isEqualTo(72);
        assertThat(buckets.count()).isEqualTo(1151);
    }

    @ParameterizedTest
    @CsvSource({"0,8", "3,20", "5,160", "8,160", "8,1000"})
    void record_randomValues_areCountedAsTheDefinitionSays(int schema, int maxBuckets) {
        Random random = new Random(schema * 31L + maxBuckets);
        ExponentialCell cell = new ExponentialCell(new ExponentialLayout(schema, maxBuckets));
        int lastSchema = schema;
        Map<Integer, Long> finest = new TreeMap<>();
        for (int i = 1; i <= 20_000; i++) {
            double value = Math.exp(random.nextGaussian() * (1 + i / 4_000));
            cell.record(value);
            finest.merge(ExponentialIndex.finest(value), 1L, Long::sum);
            if (i % 1_000 == 0) {
                Map<Integer, Long> read = read(cell);
                Map<Integer, Long> expected = new TreeMap<>();
                finest.forEach((index, count) -> expected.merge(
                        ExponentialIndex.coarser(index, ExponentialIndex.FINEST - buckets.schema()), count, Long::sum));

                assertThat(read).isEqualTo(expected);
                assertThat(buckets.count()).isEqualTo(i);
                assertThat(buckets.size()).isLessThanOrEqualTo(maxBuckets);
                assertThat(buckets.schema()).isLessThanOrEqualTo(lastSchema);
                lastSchema = buckets.schema();
            }
        }
    }

    /** The spread of the values grows, so that the schema becomes coarser all the time. */
    @Test
    void record_byManyThreadsWhileTheSchemaCoarsens_losesNothing() throws Exception {
        ExponentialCell cell = new ExponentialCell(new ExponentialLayout(8, 40));
        AtomicInteger recording = new AtomicInteger(THREADS);
        long[][] counted = new long[THREADS][1 << 16];
        Race.run(THREADS + 1, number -> {
            if (number == THREADS) {
                readUntilDone(cell, recording);
                return;
            }
            Random random = new Random(number);
            for (int i = 0; i < EVENTS; i++) {
                double value = Math.exp(random.nextGaussian() * i / 20_000);
                cell.record(value);
                counted[number][ExponentialIndex.finest(value) + (1 << 15)]++;
            }
            recording.decrementAndGet();
        });

        Map<Integer, Long> read = read(cell);
        Map<Integer, Long> expected = new TreeMap<>();
        for (long[] own : counted) {
            for (int i = 0; i < own.length; i++) {
                if (own[i] > 0) {
                    expected.merge(
                            ExponentialIndex.coarser(i - (1 << 15), ExponentialIndex.FINEST - buckets.schema()),
                            own[i],
                            Long::sum);
                }
            }
        }
        assertThat(read).isEqualTo(expected);
        assertThat(buckets.count()).isEqualTo((long) THREADS * EVENTS);
        assertThat(buckets.size()).isLessThanOrEqualTo(40);
        assertThat(buckets.schema()).isLessThan(2);
    }

    /** One value, so that all meet in one slot and the table spreads over stripes. */
    @Test
    void record_oneValueByManyThreads_losesNothing() throws Exception {
        ExponentialCell cell = new ExponentialCell(new ExponentialLayout(5, 160));
        AtomicInteger recording = new AtomicInteger(THREADS);
        Race.run(THREADS + 1, number -> {
            if (number == THREADS) {
                readUntilDone(cell, recording);
                return;
            }
            for (int i = 0; i < EVENTS; i++) {
                cell.record(i % 100 == 0 ? 0 : 1);
            }
            recording.decrementAndGet();
        });

        assertThat(read(cell)).isEqualTo(Map.of(0, (long) THREADS * EVENTS / 100 * 99));
        assertThat(buckets.zeroCount()).isEqualTo((long) THREADS * EVENTS / 100);
    }

    /** Counts never go down, the schema never up, and each count is the sum of its buckets. */
    private static void readUntilDone(ExponentialCell cell, AtomicInteger recording) {
        ExponentialBuckets now = new ExponentialBuckets();
        long lastCount = 0;
        int lastSchema = 8;
        do {
            now.read(cell);
            long sum = now.zeroCount();
            for (int i = 0; i < now.size(); i++) {
                sum += now.count(i);
                assertThat(now.count(i)).isPositive();
                assertThat(i == 0 || now.index(i) > now.index(i - 1)).isTrue();
            }
            assertThat(now.count()).isEqualTo(sum).isGreaterThanOrEqualTo(lastCount);
            assertThat(now.schema()).isLessThanOrEqualTo(lastSchema);
            lastCount = now.count();
            lastSchema = now.schema();
        } while (recording.get() > 0);
    }

    private Map<Integer, Long> read(ExponentialCell cell) {
        buckets.read(cell);
        Map<Integer, Long> read = new TreeMap<>();
        for (int i = 0; i < buckets.size(); i++) {
            assertThat(read.put(buckets.index(i), buckets.count(i))).isNull();
        }
        return read;
    }
}
