package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.spi.Stripe;
import io.loom.metrics.testing.Rivals;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StripedCountTest {
    private static final int LINE = 64;
    private static final VarHandle SLOTS = field("slots", long[].class);
    private static final VarHandle COLLISIONS = field("collisions", int.class);

    private final StripedCount count = new StripedCount();

    private static VarHandle field(String name, Class<?> type) {
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
        assertThat(slots()).hasSize(1);
    }

    @Test
    void sum_ofThreadsAtTheSameTime_losesNothing() throws Exception {
        Rivals.race(thread -> {
            increment(50_000);
            return thread;
        });

        assertThat(count.sum()).isEqualTo(50_000L * Rivals.THREADS);
    }

    @Test
    void sum_afterItSpread_hasWhatWasCountedBefore() throws Exception {
        increment(3);
        count.spread();
        increment(4);
        Rivals.race(thread -> {
            increment(5);
            return thread;
        });

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
    void slots_ofTwoThreads_areTwoCacheLinesApartAndLieInNoneOfTheLength() throws Exception {
        count.spread();
        Rivals.race(thread -> {
            increment(1);
            return thread;
        });

        int[] used =
                IntStream.range(0, slots().length).filter(i -> slots()[i] != 0).toArray();
        assertThat(slots()).hasSize(Stripe.COUNT * 2 * LINE / Long.BYTES);
        assertThat(used).hasSizeGreaterThan(1);
        assertThat(used[0] * Long.BYTES).isGreaterThanOrEqualTo(LINE);
        assertThat((slots().length - 1 - used[used.length - 1]) * Long.BYTES).isGreaterThanOrEqualTo(LINE - Long.BYTES);
        for (int i = 1; i < used.length; i++) {
            assertThat((used[i] - used[i - 1]) * Long.BYTES).isGreaterThanOrEqualTo(2 * LINE);
        }
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

    private long[] slots() {
        return (long[]) SLOTS.getVolatile(count);
    }
}
