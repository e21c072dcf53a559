package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.loom.metrics.prometheus.VirtualThreads;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerThreadsTest {
    private final ExecutorService threads = ServerThreads.start("served", 256);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void threads_onAJdkThatHasVirtualOnes_areVirtual() throws Exception {
        boolean virtual = threads.submit(() -> VirtualThreads.isOne(Thread.currentThread()))
                .get(1, TimeUnit.MINUTES);

        assertThat(virtual).isEqualTo(VirtualThreads.exist());
    }

    @Test
    void threads_onAnOlderJdk_areNumberedDaemonsWhoeverStartsThem() throws Exception {
        assumeFalse(VirtualThreads.exist(), "this JDK has virtual threads");
        CompletableFuture<Thread> served = new CompletableFuture<>();
        Thread caller = new Thread(() -> threads.execute(() -> served.complete(Thread.currentThread())));
        caller.setDaemon(false); // a thread is what its parent is, unless it is told

        caller.start();

        Thread thread = served.get(1, TimeUnit.MINUTES);
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("served-1");
    }

    @Test
    void tasks_thatWaitForEachOther_allRun() throws Exception {
        int tasks = 200;
        CountDownLatch all = new CountDownLatch(tasks);
        Set<Thread> ran = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < tasks; i++) {
            threads.execute(() -> {
                ran.add(Thread.currentThread());
                all.countDown();
                awaitQuietly(all);
            });
        }

        assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(ran).hasSize(tasks);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
