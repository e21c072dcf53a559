package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndsOnceTest {
    private static final int BATCHES = 200;
    private static final int BATCH = 1_000;

    private final EndsOnce ending = new EndsOnce() {};

    @Test
    void end_byTheMaker_isTheFirstAndNoOtherIs() throws Exception {
        assertThat(ending.end()).isTrue();
        assertThat(ending.end()).isFalse();
        assertThat(CompletableFuture.supplyAsync(ending::end).get(1, TimeUnit.MINUTES))
                .isFalse();
    }

    @Test
    void end_byAnotherThread_isTheFirstAndNoOtherIs() throws Exception {
        assertThat(CompletableFuture.supplyAsync(ending::end).get(1, TimeUnit.MINUTES))
                .isTrue();
        assertThat(CompletableFuture.supplyAsync(ending::end).get(1, TimeUnit.MINUTES))
                .isFalse();
        assertThat(ending.end()).isFalse();
        assertThat(ending.end()).isFalse();
    }

    @Test
    void end_makerBesideARival_isOnesAlone() throws Exception {
        EndsOnce[] batch = new EndsOnce[BATCH];
        CyclicBarrier barrier = new CyclicBarrier(2);
        CompletableFuture<Integer> rival = CompletableFuture.supplyAsync(() -> endBatches(batch, barrier));
        int ended = 0;
        for (int i = 0; i < BATCHES; i++) {
            for (int j = 0; j < BATCH; j++) {
                batch[j] = new EndsOnce() {};
            }
            await(barrier);
            ended += count(batch);
            await(barrier);
        }

        assertThat(ended + rival.get(1, TimeUnit.MINUTES)).isEqualTo(BATCHES * BATCH);
    }

    private static int endBatches(EndsOnce[] batch, CyclicBarrier barrier) {
        int ended = 0;
        for (int i = 0; i < BATCHES; i++) {
            await(barrier);
            ended += count(batch);
            await(barrier);
        }
        return ended;
    }

    private static int count(EndsOnce[] batch) {
        int ended = 0;
        for (EndsOnce each : batch) {
            ended += each.end() ? 1 : 0;
        }
        return ended;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException("the other thread did not come", e);
        }
    }
}
