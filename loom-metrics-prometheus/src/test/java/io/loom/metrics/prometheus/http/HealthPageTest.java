package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.health.Health;
import io.loom.metrics.health.HealthBuilder;
import io.loom.metrics.health.HealthResult;
import io.micrometer.core.instrument.MockClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without any framework. */
class HealthPageTest {
    private static final String DEADLOCK =
            "\"deadlock\":{\"status\":\"healthy\",\"details\":\"no deadlock\",\"duration_seconds\":0.000000}";

    private final MockClock clock = new MockClock();
    private final HealthBuilder builder =
            Health.builder().clock(clock).timeout(Duration.ofMinutes(1)).cacheTime(Duration.ZERO);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Health health;

    @AfterEach
    void close() {
        if (health != null) {
            health.close();
        }
    }

    @Test
    void answer_whileAllIsWell_isTheWholeReport() throws IOException {
        clock.add(Duration.ofMillis(1_500));

        MetricsPage.Head head = answer("GET", "");

        assertThat(text())
                .isEqualTo(
                        "{\"status\":\"healthy\",\"time\":\"1970-01-01T00:00:01.501Z\",\"duration_seconds\":0.000000,"
                                + "\"components\":{" + DEADLOCK + "}}");
        assertThat(head)
                .isEqualTo(new MetricsPage.Head(
                        200,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "Content-Length",
                                Integer.toString(body.size()),
                                "Cache-Control",
                                "no-store")));
    }

    @Test
    void answer_whileSomethingIsDegraded_isStill200() throws IOException {
        builder.check("provider", () -> {
            clock.add(Duration.ofNanos(2_000_001_999));
            return HealthResult.degraded("12 of 100 attempts failed");
        });

        assertThat(answer("GET", "").status()).isEqualTo(200);
        assertThat(text())
                .startsWith("{\"status\":\"degraded\",")
                .contains("\"provider\":{\"status\":\"degraded\",\"details\":\"12 of 100 attempts failed\","
                        + "\"duration_seconds\":2.000001}");
    }

    @Test
    void answer_whileSomethingIsUnhealthy_is503AndTellsWhatWithoutAStack() throws IOException {
        builder.check("database", () -> {
            throw new IllegalStateException("no \"connection\"\n\ud83d", new IOException("secret"));
        });

        assertThat(answer("GET", "").status()).isEqualTo(503);
        assertThat(text())
                .startsWith("{\"status\":\"unhealthy\",")
                .contains("\"details\":\"IllegalStateException: no \\\"connection\\\" ?\"")
                .doesNotContain("secret")
                .doesNotContain("HealthPageTest");
    }

    @Test
    void answer_toLive_isAboutTheProcessAlone() throws IOException {
        builder.check("database", () -> HealthResult.unhealthy("gone"));

        assertThat(answer("GET", "/live").status()).isEqualTo(200);
        assertThat(text()).endsWith("\"components\":{" + DEADLOCK + "}}");
    }

    @Test
    void answer_toReady_isAboutTheChosenChecks() throws IOException {
        builder.check("database", () -> HealthResult.unhealthy("gone"))
                .check("cache", HealthResult::healthy)
                .readiness("cache");

        assertThat(answer("GET", "/ready").status()).isEqualTo(200);
        assertThat(text()).contains("\"cache\"").doesNotContain("database");
        assertThat(answer("GET", "").status()).isEqualTo(503);
    }

    @Test
    void answer_toHead_isTheSameWithoutABody() throws IOException {
        builder.check("database", () -> HealthResult.unhealthy("gone"));

        MetricsPage.Head get = answer("GET", "");
        body.reset();
        assertThat(answer("HEAD", "")).isEqualTo(get);
        assertThat(body.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get", ""})
    void answer_toAnotherMethod_isARefusal(String method) throws IOException {
        assertThat(answer(method, ""))
                .isEqualTo(new MetricsPage.Head(
                        405,
                        Map.of(
                                "Allow",
                                "GET, HEAD",
                                "Content-Type",
                                "text/plain; charset=utf-8",
                                "Content-Length",
                                "36",
                                "Cache-Control",
                                "no-store")));
        assertThat(text()).isEqualTo("Only GET and HEAD are allowed here.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/liveness", "live", "/live/", "/ready/x"})
    void answer_toAnotherPath_isNotFound(String path) throws IOException {
        assertThat(answer("GET", path).status()).isEqualTo(404);
        assertThat(text()).isEqualTo("There is nothing here.\n");
    }

    @Test
    void answer_toWhoIsGone_throwsWhatTheResponseThrows() {
        health = builder.build();
        MetricsPage.Response broken = head -> {
            throw new IOException("gone");
        };

        assertThatThrownBy(() -> HealthPage.of(health).answer("GET", "", null, name -> null, broken))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @Test
    void answer_whileTooManyWait_isGivenAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        health = builder.check("slow", () -> {
                    begun.countDown();
                    released.await();
                    return HealthResult.healthy();
                })
                .build();
        HealthPage page = HealthPage.of(health);
        ExecutorService readers = Executors.newFixedThreadPool(200);
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                readers.execute(() -> statuses.add(status(page)));
            }
            begun.await();
            long giveUp = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (statuses.size() < 72) {
                assertThat(System.nanoTime()).isLessThan(giveUp);
            }
            assertThat(statuses).hasSize(72).containsOnly(503);
            released.countDown();
        } finally {
            readers.shutdown();
        }
        assertThat(readers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(statuses.subList(72, 200)).containsOnly(200);
    }

    private static int status(HealthPage page) {
        int[] status = new int[1];
        try {
            page.answer("GET", "", null, name -> null, head -> {
                status[0] = head.status();
                return new ByteArrayOutputStream();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return status[0];
    }

    private MetricsPage.Head answer(String method, String path) throws IOException {
        if (health == null) {
            health = builder.build();
        }
        AtomicReference<MetricsPage.Head> begun = new AtomicReference<>();
        HealthPage.of(health).answer(method, path, null, name -> null, head -> {
            assertThat(begun.getAndSet(head)).as("begun before").isNull();
            return body;
        });
        return begun.get();
    }

    private String text() {
        return body.toString(StandardCharsets.UTF_8);
    }
}
