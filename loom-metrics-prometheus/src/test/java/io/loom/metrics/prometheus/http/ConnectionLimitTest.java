package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
    private final List<Runnable> waiting = new ArrayList<>();
    private final ConnectionLimit limit = new ConnectionLimit(waiting::add, 2);

    @Test
    void execute_beyondTheLimit_isRefusedUntilATaskHasEnded() {
        limit.execute(() -> {});
        limit.execute(() -> {});
        assertThatThrownBy(() -> limit.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("2 connections are being served, which is the limit");

        waiting.get(0).run();
        limit.execute(() -> {});

        assertThat(waiting).hasSize(3);
    }

    @Test
    void execute_taskThatThrows_givesItsPlaceBack() {
        for (int i = 0; i < 5; i++) {
            limit.execute(() -> {
                throw new IllegalStateException("on purpose");
            });
            Runnable task = waiting.get(i);
            assertThatThrownBy(task::run).hasMessage("on purpose");
        }
    }

    @Test
    void execute_refusedByTheThreads_givesItsPlaceBack() {
        ConnectionLimit busy = new ConnectionLimit(
                task -> {
                    throw new RejectedExecutionException("busy");
                },
                1);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> busy.execute(() -> {})).hasMessage("busy");
        }
    }
}
