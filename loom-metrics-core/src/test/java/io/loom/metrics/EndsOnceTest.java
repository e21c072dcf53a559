package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndsOnceTest {
    private static final int BATCHES = 200;
    private static final int BATCH = 1_000;

    private final EndsOnce ending = new EndsOnce() {};

    @Test
    void end_isTheFirstOnesAlone() throws Exception {
        assertThat(ending.hasEnded()).isFalse();
        assertThat(ending.end()).isTrue();
        assertThat(ending.hasEnded()).isTrue();
        assertThat(ending.end()).isFalse();
        assertThat(endElsewhere()).isFalse();
    }

    @Test
    void end_byAnotherThread_isTheFirstOnesAlone() throws Exception {
        assertThat(endElsewhere()).isTrue();
        assertThat(ending.hasEnded()).isTrue();
        assertThat(endElsewhere()).isFalse();
        assertThat(ending.end()).isFalse();
        assertThat(ending.end()).isFalse();
    }

    @Test
    void end_byManyAtOnce_isOnesAlone() throws Exception {
        List<List<EndsOnce>> batches =
                IntStream.range(0, BATCHES).mapToObj(i -> batch()).toList();
        CyclicBarrier together = new CyclicBarrier(Rivals.THREADS);

        List<Integer> ended = Rivals.race(number -> {
            int sum = 0;
            for (List<EndsOnce> batch : batches) {
                together.await(1, TimeUnit.MINUTES);
                sum += (int) batch.stream().filter(EndsOnce::end).count();
            }
            return sum;
        });

        assertThat(ended.stream().mapToInt(Integer::intValue).sum()).isEqualTo(BATCHES * BATCH);
    }

    private boolean endElsewhere() throws Exception {
        return CompletableFuture.supplyAsync(ending::end).get(1, TimeUnit.MINUTES);
    }

    private static List<EndsOnce> batch() {
        return Stream.<EndsOnce>generate(() -> new EndsOnce() {}).limit(BATCH).toList();
    }
}
