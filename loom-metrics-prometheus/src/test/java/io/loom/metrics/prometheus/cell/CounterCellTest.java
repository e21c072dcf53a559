package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loom.metrics.prometheus.Race;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CounterCellTest {
    private static final double MAX_WHOLE = 1 << 20;

    private final CounterCell cell = new CounterCell();

    @Test
    void cell_nothingAdded_isZero() {
        assertThat(cell.whole()).isZero();
        assertThat(cell.fraction()).isZero();
        assertThat(cell.value()).isZero();
    }

    @Test
    void add_wholeAmounts_staysWhole() {
        cell.increment();
        cell.add(41);
        cell.add(MAX_WHOLE);

        assertThat(cell.whole()).isEqualTo(42 + (1 << 20));
        assertThat(cell.fraction()).isZero();
    }

    @Test
    void add_wholeAmountsAsDoublesOrLongs_areTheSame() {
        cell.add(41.0);
        cell.add(41L);
        cell.add(0L);

        assertThat(cell.whole()).isEqualTo(82);
        assertThat(cell.fraction()).isZero();
    }

    @Test
    void add_hugeWholeAmount_cannotWrapTheWholeEither() {
        cell.add(1L << 20);
        cell.add((1L << 20) + 1);
        cell.add(Long.MAX_VALUE);

        assertThat(cell.whole()).isEqualTo(1L << 20);
        assertThat(cell.fraction()).isEqualTo(0x1p63 + (1 << 20) + 1);
    }

    @Test
    void add_fractions_goesBesideTheWhole() {
        cell.increment();
        cell.add(0.25);
        cell.add(2.5);

        assertThat(cell.whole()).isOne();
        assertThat(cell.fraction()).isEqualTo(2.75);
        assertThat(cell.value()).isEqualTo(3.75);
    }

    @Test
    void add_hugeAmount_cannotWrapTheWhole() {
        cell.add(Math.nextUp(MAX_WHOLE));
        cell.add(MAX_WHOLE + 1);
        cell.add(0x1p63);
        cell.increment();

        assertThat(cell.whole()).isOne();
        assertThat(cell.fraction()).isEqualTo(0x1p63 + 2 * MAX_WHOLE);
    }

    @Test
    void add_beyondTheLargestDouble_saturates() {
        cell.add(Double.MAX_VALUE);
        cell.add(Double.MAX_VALUE);

        assertThat(cell.fraction()).isEqualTo(Double.MAX_VALUE);
        assertThat(cell.value()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void add_theSmallestAmount_isKept() {
        cell.add(Double.MIN_VALUE);

        assertThat(cell.fraction()).isEqualTo(Double.MIN_VALUE);
    }

    /** The 2<sup>33</sup> additions that lead there would take a minute, so the first of them are written into the slot. */
    @Test
    void add_beyondWhatADoubleCounts_staysExact() throws Exception {
        int last = 1000;
        baseWhole((1L << 53) - last * (1L << 20));

        for (int i = 0; i < last; i++) {
            cell.add(MAX_WHOLE);
        }
        cell.increment();

        assertThat(cell.whole()).isEqualTo((1L << 53) + 1);
        assertThat(cell.fraction()).isZero();
    }

    @Test
    void add_underContention_growsAndKeepsTheTotalsExact() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "rivals need a second processor");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int rounds = 0;
        do {
            rounds++;
            Race.run(4, number -> {
                for (int i = 0; i < 50_000; i++) {
                    cell.increment();
                    cell.add(0.25);
                    cell.add(2);
                }
            });
        } while ((slots("more") == null || rounds < 2) && System.nanoTime() < deadline);

        assertThat(slots("more")).as("stripes after %d rounds", rounds).isNotNull();
        assertThat(cell.whole()).isEqualTo(rounds * 4L * 50_000 * 3);
        assertThat(cell.fraction()).isEqualTo(rounds * 50_000.0);
    }

    @Test
    void value_readWhileOthersAdd_neverFalls() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Race.run(4, number -> {
            if (number > 0) {
                for (int i = 0; i < 100_000; i++) {
                    cell.add(i % 2 == 0 ? 1 : 0.1);
                }
                done.set(true);
            } else {
                double before = 0;
                while (!done.get()) {
                    double now = cell.value();
                    assertThat(now).isGreaterThanOrEqualTo(before);
                    before = now;
                }
            }
        });

        assertThat(cell.whole()).isEqualTo(150_000);
        assertThat(cell.fraction()).isBetween(14_999.9, 15_000.1);
    }

    private long[] slots(String field) throws ReflectiveOperationException {
        var slots = CounterCell.class.getDeclaredField(field);
        slots.setAccessible(true);
        return (long[]) slots.get(cell);
    }

    private void baseWhole(long value) throws ReflectiveOperationException {
        var whole = CounterCell.class.getDeclaredField("baseWhole");
        whole.setAccessible(true);
        whole.setLong(cell, value);
    }
}
