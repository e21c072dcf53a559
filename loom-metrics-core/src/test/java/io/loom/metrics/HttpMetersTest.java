package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMetersTest {
    private static final Duration QUARTER = Duration.ofMillis(250);
    private static final String DURATION = "http.request.duration";

    private final TestLoom test = TestLoom.create();
    private final HttpMeters http = test.loom().http();

    @Test
    void record_request_countsAndTimesIt() {
        http.record("GET", "/s", 200, QUARTER);

        assertThat(test.deltas(() -> http.record("GET", "/s", 404, QUARTER)))
                .isEqualTo(Map.of(
                        "http.requests{endpoint=/s,method=GET,status=404}", 1.0,
                        "http.request.duration{endpoint=/s,method=GET} count", 1.0,
                        "http.request.duration{endpoint=/s,method=GET} seconds", 0.25));
    }

    @Test
    void recordNanos_request_countsAndTimesIt() {
        http.record("GET", "/s", 200, QUARTER);

        assertThat(test.deltas(() -> http.recordNanos("GET", "/s", 200, 1_500_000_000)))
                .isEqualTo(Map.of(
                        "http.requests{endpoint=/s,method=GET,status=200}", 1.0,
                        "http.request.duration{endpoint=/s,method=GET} count", 1.0,
                        "http.request.duration{endpoint=/s,method=GET} seconds", 1.5));
    }

    @Test
    void record_firstUseOfAnEndpoint_createsStatuses200And500AtZero() {
        http.record("GET", "/s", 404, QUARTER);

        assertThat(test.count("http.requests", "method", "GET", "endpoint", "/s", "status", "200"))
                .isZero();
        assertThat(test.count("http.requests", "method", "GET", "endpoint", "/s", "status", "500"))
                .isZero();
        assertThat(test.count("http.requests", "method", "GET", "endpoint", "/s", "status", "404"))
                .isEqualTo(1);
        assertThat(test.gauge("http.requests.in.progress", "endpoint", "/s")).isZero();
        assertThat(test.gauge("loom.metrics.series", "meter", "http.requests")).isEqualTo(1);
        assertThat(test.registry().find("http.requests").counters()).hasSize(3);
    }

    @Test
    void register_statuses_areAtZeroBeside200And500() {
        http.register("POST", "/s", 503, 502, 503);

        assertThat(test.registry().find("http.requests").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero())
                .extracting(counter -> counter.getId().getTag("status"))
                .containsExactlyInAnyOrder("200", "500", "502", "503");
    }

    @Test
    void register_statusOfAnEndpointInUse_keepsWhatWasCounted() {
        http.record("GET", "/s", 503, QUARTER);
        http.register("GET", "/s", 503, 599, 100);

        assertThat(test.count("http.requests", "endpoint", "/s", "status", "503"))
                .isEqualTo(1);
        assertThat(test.registry().find("http.requests").counters()).hasSize(5);
        assertThat(test.gauge("loom.metrics.series", "meter", "http.requests")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 600, 0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void register_noStatus_isRefusedAndRegistersNothing(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> http.register("GET", "/s", 503, status))
                .withMessage("status of an endpoint must be 100 to 599: was " + status
                        + ". Leave it out: a request that ends by it counts as \"unknown\".");

        assertThat(test.registry().find("http.requests").counters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"})
    void record_standardMethod_isKept(String method) {
        http.record(method, "/s", 200, QUARTER);

        assertThat(test.count("http.requests", "method", method, "status", "200"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "PROPFIND", "G\uD800T", "GET "})
    void record_anyOtherMethod_isOther(String method) {
        http.record(method, "/s", 200, QUARTER);

        assertThat(test.count("http.requests", "method", "other", "status", "200"))
                .isEqualTo(1);
    }

    @Test
    void record_nullMethod_isUnknown() {
        http.record(null, "/s", 200, QUARTER);

        assertThat(test.count("http.requests", "method", "unknown", "status", "200"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "?q=1"})
    void record_noEndpoint_isUnknown(String endpoint) {
        http.record("GET", endpoint, 200, QUARTER);

        assertThat(test.count("http.requests", "endpoint", "unknown", "status", "200"))
                .isEqualTo(1);
    }

    @Test
    void record_pathsOfOneRoute_countAsItsTemplate() {
        http.record("GET", "/stories/1?page=2", 200, QUARTER);
        http.record("GET", "/stories/2", 200, QUARTER);
        http.record("GET", "/stories/{id}", 200, QUARTER);

        assertThat(test.count("http.requests", "endpoint", "/stories/{id}", "status", "200"))
                .isEqualTo(3);
        assertThat(test.gauge("loom.metrics.series", "meter", "http.requests")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 100",
        "599, 599",
        "499, 499",
        "99, unknown",
        "600, unknown",
        "0, unknown",
        "-1, unknown",
        "2147483647, unknown",
        "-2147483648, unknown"
    })
    void record_status_is100To599OrUnknown(int status, String label) {
        http.record("GET", "/s", status, QUARTER);

        assertThat(test.count("http.requests", "status", label)).isEqualTo(1);
        assertThat(test.sum("http.requests")).isEqualTo(1);
        assertThat(test.sum("loom.metrics.rejected")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        ", MISSING",
        "PT-0.000000001S, NEGATIVE",
        "PT-2562047788015215H, NEGATIVE",
        "PT8760H0.000000001S, TOO_LARGE",
        "PT2562047788015215H, TOO_LARGE",
    })
    void record_impossibleDuration_isRejectedAndTheRequestStillCounts(Duration elapsed, Reason reason) {
        http.record("GET", "/s", 200, QUARTER);

        assertThat(test.deltas(() -> http.record("GET", "/s", 200, elapsed)))
                .isEqualTo(Map.of(
                        "http.requests{endpoint=/s,method=GET,status=200}",
                        1.0,
                        "loom.metrics.rejected{meter=http.request.duration,reason=" + reason.label() + "}",
                        1.0));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, NEGATIVE",
        "-9223372036854775808, NEGATIVE",
        "31536000000000001, TOO_LARGE",
        "9223372036854775807, TOO_LARGE"
    })
    void recordNanos_impossibleDuration_isRejectedAndTheRequestStillCounts(long elapsedNanos, Reason reason) {
        http.recordNanos("GET", "/s", 200, elapsedNanos);

        assertThat(test.sum("http.requests")).isEqualTo(1);
        assertThat(test.timer(DURATION).count()).isZero();
        assertThat(test.rejected(DURATION, reason)).isEqualTo(1);
    }

    @Test
    void record_zeroAnd365Days_areRecorded() {
        http.record("GET", "/s", 200, Duration.ZERO);
        http.record("GET", "/s", 200, Duration.ofDays(365));
        http.recordNanos("GET", "/s", 200, 0);
        http.recordNanos("GET", "/s", 200, Duration.ofDays(365).toNanos());

        assertThat(test.timer(DURATION).count()).isEqualTo(4);
        assertThat(test.sum("loom.metrics.rejected")).isZero();
    }
}
