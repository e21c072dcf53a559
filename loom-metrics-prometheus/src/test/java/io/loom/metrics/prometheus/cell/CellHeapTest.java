package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.prometheus.Race;
import io.loom.metrics.spi.Stripe;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the cells of a timer with the 16 bounds of HTTP requests take. */
class CellHeapTest {
    private static final int CELLS = 10_000;
    private static final int MEETINGS = Stripe.PATIENCE - 1;
    private static final int IDLE_LIMIT = 260;
    private static final int BRANCH_LIMIT = 400;
    private static final int TALLIES_LIMIT = 80;
    private static final int TALLY_LIMIT = 24;
    private static final HistogramLayout LAYOUT = HistogramLayout.ofNanos(
            Arrays.stream(Buckets.HTTP.upperBounds()).map(bound -> bound * 1e9).toArray(),
            3,
            Duration.ofMinutes(1).toNanos());

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final HistogramCell[] cells = new HistogramCell[CELLS];

    @Test
    void cell_idle_takesLittle() {
        assertThat(bytesEach(() -> new HistogramCell(LAYOUT))).isBetween(100L, (long) IDLE_LIMIT);
    }

    @Test
    void cell_recordedByOneThread_takesNoMore() {
        assertThat(bytesEach(() -> {
                    HistogramCell cell = new HistogramCell(LAYOUT);
                    for (int i = 0; i < 2 * Stripe.PATIENCE; i++) {
                        cell.recordNanos(i);
                    }
                    return cell;
                }))
                .isBetween(100L, (long) IDLE_LIMIT);
    }

    @Test
    void branch_hasNoWindowOfItsOwn() {
        new HistogramCell(LAYOUT).branch(); // what is loaded and linked once does not count
        HistogramCell cell = new HistogramCell(LAYOUT);
        assertThat(bytes(cell::branch)).as("with the list").isBetween(100L, (long) BRANCH_LIMIT + 24);
    }

    @Test
    void tally_hasNoBlockOfItsOwn() {
        new HistogramCell(LAYOUT).branch().tally(); // what is loaded and linked once does not count
        CountedCell branch = new HistogramCell(LAYOUT).branch();
        assertThat(bytes(branch::tally)).as("with the tallies").isBetween(50L, (long) TALLIES_LIMIT);
        assertThat(bytes(branch::tally)).isBetween(1L, (long) TALLY_LIMIT);
    }

    @Test
    void cell_whoseThreadsMeetRarely_takesNoMore() throws Exception {
        contend(new HistogramCell(LAYOUT)); // what is loaded and linked once does not count
        HistogramCell cell = new HistogramCell(LAYOUT);
        CyclicBarrier together = new CyclicBarrier(2);
        AtomicLong bytes = new AtomicLong();

        Race.run(2, thread -> {
            for (int i = 0; i < MEETINGS; i++) { // each is one collision at most
                together.await();
                long before = threads.getCurrentThreadAllocatedBytes();
                cell.recordNanos(i);
                bytes.addAndGet(threads.getCurrentThreadAllocatedBytes() - before);
            }
        });

        assertThat(cell.count()).isEqualTo(2L * MEETINGS);
        assertThat(bytes).hasValue(0);
    }

    @Test
    void cell_thatContentionHasGrown_takesABlockAndTheRoomBehindItForEachStripe() {
        int header = 16;
        int padding = 128;
        int stripe = 18 * 8 + 15 * 8; // a block, and what keeps the next one off its last pair of lines

        assertThat(header + 8L * Stripes.allocate(LAYOUT.bucketCount() + 1).length)
                .isEqualTo(header + padding + (long) stripe * Stripe.COUNT);
    }

    private static void contend(HistogramCell cell) throws Exception {
        Race.run(2, thread -> {
            for (int i = 0; i < 100 * CELLS; i++) {
                cell.recordNanos(i);
            }
        });
    }

    private long bytes(Runnable part) {
        long before = threads.getCurrentThreadAllocatedBytes();
        part.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private long bytesEach(Supplier<HistogramCell> make) {
        cells[0] = make.get(); // what is loaded and linked once does not count
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CELLS; i++) {
            cells[i] = make.get();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / CELLS;
    }
}
