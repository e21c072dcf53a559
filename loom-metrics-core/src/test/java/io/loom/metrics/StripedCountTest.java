package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loom.metrics.spi.Stripe;
import io.loom.metrics.testing.Rivals;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StripedCountTest {
    private static final int LINE = 64;
    private static final VarHandle SLOTS = field("slots", long[].class);
    private static final VarHandle COLLISIONS = field("collisions", int.class);

    private final StripedCount count = new StripedCount();

    static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(StripedCount.class, MethodHandles.lookup())
                    .findVarHandle(StripedCount.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Test
    void sum_ofOneThread_isExactAndTakesOneSlot() {
        assertThat(count.sum()).isZero();

        increment(10_000);

        assertThat(count.sum()).isEqualTo(10_000);
        assertThat(slots()).hasSize(StripedCount.STRIDE);
    }

    @Test
    void sum_ofThreadsAtTheSameTime_losesNothing() throws Exception {
        incrementByRivals(50_000);

        assertThat(count.sum()).isEqualTo(50_000L * Rivals.THREADS);
    }

    @Test
    void sum_afterItSpread_hasWhatWasCountedBefore() throws Exception {
        increment(3);
        count.spread();
        increment(4);
        incrementByRivals(5);

        assertThat(count.sum()).isEqualTo(7 + 5L * Rivals.THREADS);
        assertThat(Arrays.stream(slots()).sum()).isEqualTo(4 + 5L * Rivals.THREADS);
    }

    @Test
    void spread_again_keepsWhatIsThere() {
        count.spread();
        increment(2);
        count.spread();

        assertThat(count.sum()).isEqualTo(2);
    }

    @Test
    void increment_byThreadsThatCollide_spreads() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "on one processor threads hardly meet");
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        int rounds = 0;
        while (slots().length == StripedCount.STRIDE && System.nanoTime() < deadline) {
            incrementByRivals(50_000);
            rounds++;
        }

        assertThat(slots()).hasSize(Stripe.COUNT * StripedCount.STRIDE);
        assertThat(count.sum()).isEqualTo(50_000L * Rivals.THREADS * rounds);
    }

    @Test
    void slots_ofAllStripes_keepTwoCacheLinesFromEachOtherAndOneFromWhatLiesAround() throws Exception {
        count.spread();
        incrementByRivals(1);

        List<Integer> used = IntStream.range(0, slots().length)
                .filter(i -> slots()[i] != 0)
                .boxed()
                .toList();
        assertThat(used)
                .hasSizeGreaterThan(1)
                .allSatisfy(i -> assertThat(i % StripedCount.STRIDE).isEqualTo(StripedCount.OFFSET));
        assertThat(StripedCount.STRIDE * Long.BYTES).isEqualTo(2 * LINE);
        assertThat(StripedCount.OFFSET * Long.BYTES).isGreaterThanOrEqualTo(LINE);
        assertThat((StripedCount.STRIDE - StripedCount.OFFSET) * Long.BYTES).isGreaterThanOrEqualTo(LINE);
    }

    @Test
    void sum_collisionsBeforeIt_areForgotten() {
        COLLISIONS.set(count, Stripe.PATIENCE - 1);

        count.sum();

        assertThat((int) COLLISIONS.get(count)).isZero();
    }

    private void increment(int times) {
        for (int i = 0; i < times; i++) {
            count.increment();
        }
    }

    private void incrementByRivals(int times) throws Exception {
        Rivals.race(thread -> {
            increment(times);
            return thread;
        });
    }

    private long[] slots() {
        return (long[]) SLOTS.getVolatile(count);
    }
}
