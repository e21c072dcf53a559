package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.loom.metrics.testing.Rivals;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpRequestTest {
    private final TestLoom test = TestLoom.create();
    private final HttpMeters http = test.loom().http();

    @Test
    void close_withAStatus_countsTimesAndLeavesProgress() {
        http.start("POST", "/g").close();

        assertThat(test.deltas(() -> {
                    HttpRequest request = http.start("POST", "/g");
                    test.clock().add(Duration.ofMillis(1_500));
                    request.status(201);
                    request.close();
                }))
                .isEqualTo(Map.of(
                        "http.requests{endpoint=/g,method=POST,status=201}", 1.0,
                        "http.request.duration{endpoint=/g,method=POST} count", 1.0,
                        "http.request.duration{endpoint=/g,method=POST} seconds", 1.5));
    }

    @Test
    void start_request_isInProgressUntilItIsClosed() {
        HttpRequest post = http.start("POST", "/g");
        HttpRequest get = http.start("GET", "/g");
        HttpRequest elsewhere = http.start("GET", "/h");

        assertThat(inProgress("/g")).isEqualTo(2);
        assertThat(inProgress("/h")).isEqualTo(1);
        assertThat(test.sum("http.requests")).isZero();

        post.close();
        assertThat(inProgress("/g")).isEqualTo(1);
        get.close();
        elsewhere.close();
        assertThat(inProgress("/g")).isZero();
        assertThat(inProgress("/h")).isZero();
    }

    @Test
    void close_withoutAStatus_counts500() {
        http.start("POST", "/g").close();

        assertThat(test.count("http.requests", "endpoint", "/g", "status", "500"))
                .isEqualTo(1);
        assertThat(test.sum("http.requests")).isEqualTo(1);
    }

    @Test
    void close_afterTheHandlerThrew_counts500AndLetsItThrough() {
        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    try (HttpRequest request = http.start("POST", "/g")) {
                        request.status(Integer.parseInt(noStory()));
                    }
                })
                .withMessage("no story");

        assertThat(test.count("http.requests", "endpoint", "/g", "status", "500"))
                .isEqualTo(1);
    }

    @Test
    void status_setTwice_theLastCounts() {
        try (HttpRequest request = http.start("POST", "/g")) {
            request.status(200);
            request.status(499);
        }

        assertThat(test.count("http.requests", "status", "499")).isEqualTo(1);
        assertThat(test.count("http.requests", "status", "200")).isZero();
    }

    @Test
    void close_statusOutOfRange_countsAsUnknown() {
        try (HttpRequest request = http.start("POST", "/g")) {
            request.status(0);
        }

        assertThat(test.count("http.requests", "status", "unknown")).isEqualTo(1);
    }

    @Test
    void close_twice_countsOnce() {
        HttpRequest request = http.start("POST", "/g");
        request.status(200);
        request.close();

        assertThat(test.deltas(() -> {
                    request.status(404);
                    request.close();
                }))
                .isEmpty();
    }

    @Test
    void close_onAnotherThread_ends() throws InterruptedException {
        HttpRequest request = http.start("POST", "/g");
        Thread other = new Thread(request::close);
        other.start();
        other.join();

        assertThat(inProgress("/g")).isZero();
        assertThat(test.sum("http.requests")).isEqualTo(1);
    }

    @Test
    void inProgress_underEightThreads_neverMissesOneThatIsOpen() throws Exception {
        HttpRequest kept = http.start("GET", "/g"); // below it, an end too many is seen
        Rivals.race(thread -> {
            for (int i = 0; i < 2_000; i++) {
                try (HttpRequest request = http.start("GET", "/g")) {
                    request.status(200);
                    assertThat(inProgress("/g")).isGreaterThanOrEqualTo(2);
                }
            }
            return null;
        });

        assertThat(inProgress("/g")).isOne();
        kept.close();
        assertThat(inProgress("/g")).isZero();
        assertThat(test.count("http.requests", "status", "200")).isEqualTo(2_000 * Rivals.THREADS);
        assertThat(test.timer("http.request.duration").count()).isEqualTo(2_000 * Rivals.THREADS + 1);
    }

    @Test
    void start_rivalsForANewEndpoint_shareOneCountInProgress() throws Exception {
        for (int round = 0; round < 50; round++) {
            String endpoint = "/" + "x".repeat(round + 1);

            Rivals.race(thread -> http.start("GET", endpoint));

            assertThat(inProgress(endpoint)).isEqualTo(Rivals.THREADS);
        }
    }

    private double inProgress(String endpoint) {
        return test.gauge("http.requests.in.progress", "endpoint", endpoint);
    }

    private static String noStory() {
        throw new IllegalStateException("no story");
    }
}
