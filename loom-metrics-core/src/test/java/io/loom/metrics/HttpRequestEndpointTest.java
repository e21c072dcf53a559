package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request whose route is known only after it was started. */
class HttpRequestEndpointTest {
    private static final String FIRST = "/stories/*";
    private static final String FINAL = "/stories/{id}";
    private static final int ROUNDS = 2_000;

    private final TestLoom test = TestLoom.create();
    private final HttpMeters http = test.loom().http();

    @Test
    void close_underAnotherEndpoint_countsAndTimesThereAlone() {
        http.register("GET", FIRST);
        http.register("GET", FINAL);

        assertThat(test.deltas(() -> {
                    HttpRequest request = http.start("GET", FIRST);
                    test.clock().add(Duration.ofMillis(1_500));
                    request.endpoint(FINAL);
                    request.status(404);
                    request.close();
                }))
                .isEqualTo(Map.of(
                        "http.requests{endpoint=/stories/{id},method=GET,status=404}", 1.0,
                        "http.request.duration{endpoint=/stories/{id},method=GET} count", 1.0,
                        "http.request.duration{endpoint=/stories/{id},method=GET} seconds", 1.5));
    }

    @Test
    void endpoint_ofARequestUnderWay_leavesItInProgressWhereItStarted() {
        HttpRequest request = http.start("GET", FIRST);
        http.register("GET", FINAL);

        assertThat(test.deltas(() -> request.endpoint(FINAL))).isEmpty();
        assertThat(test.deltas(request::close)).containsEntry("http.requests.in.progress{endpoint=/stories/*}", -1.0);
        assertThat(inProgress(FIRST)).isZero();
        assertThat(inProgress(FINAL)).isZero();
    }

    @Test
    void close_besideOthers_takesOffItsOwnAlone() {
        HttpRequest stays = http.start("POST", FIRST);
        HttpRequest atTheFinal = http.start("GET", FINAL);
        HttpRequest moves = http.start("GET", FIRST);
        moves.endpoint(FINAL);

        moves.close();

        assertThat(inProgress(FIRST)).isEqualTo(1);
        assertThat(inProgress(FINAL)).isEqualTo(1);
        stays.close();
        atTheFinal.close();
        assertThat(inProgress(FIRST)).isZero();
        assertThat(inProgress(FINAL)).isZero();
    }

    @Test
    void endpoint_sameTemplate_isAsIfItWasNotCalled() {
        Map<String, Double> plain = test.deltas(() -> http.start("GET", FINAL).close());
        TestLoom other = TestLoom.create();

        assertThat(other.deltas(() -> {
                    HttpRequest request = other.loom().http().start("GET", FINAL);
                    request.endpoint(new String(FINAL));
                    request.close();
                }))
                .isEqualTo(plain);
    }

    @Test
    void endpoint_givenTwice_theLastCountsAndTheOtherHasNoSeries() {
        try (HttpRequest request = http.start("GET", FIRST)) {
            request.status(200);
            request.endpoint("/drafts");
            request.endpoint(FINAL);
        }

        assertThat(count(FINAL)).isEqualTo(1);
        assertThat(test.hasMeter("http.requests", "endpoint", "/drafts")).isFalse();
        assertThat(test.sum("http.requests")).isEqualTo(1);
    }

    @Test
    void endpoint_backToTheFirst_countsThere() {
        try (HttpRequest request = http.start("GET", FIRST)) {
            request.status(200);
            request.endpoint(FINAL);
            request.endpoint(FIRST);
        }

        assertThat(count(FIRST)).isEqualTo(1);
        assertThat(inProgress(FIRST)).isZero();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "?q=1"})
    void endpoint_nullOrBlank_isUnknown(String template) {
        try (HttpRequest request = http.start("GET", FIRST)) {
            request.status(200);
            request.endpoint(template);
        }

        assertThat(count("unknown")).isEqualTo(1);
        assertThat(test.sum("http.requests")).isEqualTo(1);
        assertThat(inProgress(FIRST)).isZero();
    }

    @Test
    void endpoint_rawPath_countsAsItsTemplate() {
        try (HttpRequest request = http.start("GET", FIRST)) {
            request.status(200);
            request.endpoint("/stories/17?page=2");
        }

        assertThat(count(FINAL)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"GET, GET", "PROPFIND, other", ", unknown"})
    void close_underAnotherEndpoint_keepsTheMethod(String method, String label) {
        try (HttpRequest request = http.start(method, FIRST)) {
            request.status(200);
            request.endpoint(FINAL);
        }

        assertThat(test.count("http.requests", "method", label, "endpoint", FINAL, "status", "200"))
                .isEqualTo(1);
        assertThat(test.sum("http.requests")).isEqualTo(1);
    }

    @Test
    void endpoint_afterTheEnd_changesNothing() {
        HttpRequest request = http.start("GET", FIRST);
        request.close();

        assertThat(test.deltas(() -> {
                    request.endpoint(FINAL);
                    request.close();
                }))
                .isEmpty();
    }

    @Test
    void endpoint_beyondTheBudget_countsAsOther() {
        TestLoom small = TestLoom.create(builder -> builder.valueBudget(1));
        HttpRequest request = small.loom().http().start("GET", FIRST);
        request.status(200);
        request.endpoint(FINAL);
        request.close();

        assertThat(small.count("http.requests", "endpoint", "other", "status", "200"))
                .isEqualTo(1);
        assertThat(small.gauge("http.requests.in.progress", "endpoint", FIRST)).isZero();
        assertThat(small.gauge("http.requests.in.progress", "endpoint", "other"))
                .isZero();
    }

    @Test
    void close_underEightThreads_countsExactlyAndTakesOffNoOther() throws Exception {
        HttpRequest stays = http.start("GET", FIRST);
        Rivals.race(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                move(i);
                assertThat(inProgress(FIRST)).isGreaterThanOrEqualTo(1);
            }
            return null;
        });

        int all = ROUNDS * Rivals.THREADS;
        assertThat(count("/a")).isEqualTo(all / 4.0);
        assertThat(count("/b")).isEqualTo(all / 4.0);
        assertThat(count(FIRST)).isEqualTo(all / 2.0);
        assertThat(test.sum("http.requests")).isEqualTo(all);
        assertThat(inProgress(FIRST)).isEqualTo(1);
        stays.close();
        assertThat(inProgress(FIRST)).isZero();
        assertThat(inProgress("/a")).isZero();
        assertThat(inProgress("/b")).isZero();
    }

    /** One in four ends as {@code /a}, one as {@code /b}, the third where it started, and the fourth is never told. */
    private void move(int i) {
        try (HttpRequest request = http.start("GET", FIRST)) {
            request.status(200);
            switch (i % 4) {
                case 0 -> request.endpoint("/a");
                case 1 -> request.endpoint("/b");
                case 2 -> request.endpoint(FIRST);
                default -> {}
            }
        }
    }

    private double count(String endpoint) {
        return test.count("http.requests", "endpoint", endpoint, "method", "GET", "status", "200");
    }

    private double inProgress(String endpoint) {
        return test.gauge("http.requests.in.progress", "endpoint", endpoint);
    }
}
