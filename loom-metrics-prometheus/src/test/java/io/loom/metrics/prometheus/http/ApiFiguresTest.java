package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.loom.metrics.HttpMeters;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows and rates by a clock that moves by hand, with exact numbers. */
class ApiFiguresTest {
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration FAST = Duration.ofMillis(200);
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).expireIdleSeries(IDLE).build();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final HttpMeters http = loom.http();
    private final ApiPage api = ApiPage.builder(registry).sampledByHand().build();

    @Test
    void rates_ofTrafficThatGrew_areThoseOfEachWindow() throws IOException {
        steps(Duration.ofMinutes(10), () -> requests("/a", 200, 5));
        steps(Duration.ofMinutes(5), () -> requests("/a", 200, 10));
        steps(Duration.ofMinutes(1), () -> requests("/a", 200, 20));

        assertWindows("/http/requests_per_second", 20 / 5.0, (240 * 2 + 60 * 4) / 300.0, 1_380 / 900.0);
        assertWindows("/http/endpoints/0/requests_per_second", 4.0, 2.4, 1_380 / 900.0);
        assertThat(summary("/http/requests_total").longValue()).isEqualTo(600 + 600 + 240);
    }

    @Test
    void windows_longerThanTheLife_areTheLife() throws IOException {
        requests("/a", 200, 7);
        steps(Duration.ofSeconds(20), () -> requests("/a", 200, 10));
        clock.add(Duration.ofSeconds(5));

        assertWindows("/http/requests_per_second", 47 / 25.0, 47 / 25.0, 47 / 25.0);
    }

    @Test
    void windows_betweenTwoSteps_beginWithTheStepBefore() throws IOException {
        steps(Duration.ofMinutes(2), () -> requests("/a", 200, 10));
        clock.add(Duration.ofSeconds(3));
        requests("/a", 200, 1);

        assertThat(summary("/http/requests_per_second/1m").doubleValue()).isEqualTo((12 * 10 + 1) / 63.0);
    }

    @Test
    void ratios_countServerErrorsOnly() throws IOException {
        steps(Duration.ofMinutes(1), () -> {
            requests("/a", 200, 5);
            requests("/a", 404, 2);
            requests("/b", 503, 1);
        });

        assertWindows("/http/error_ratio", 1 / 8.0, 1 / 8.0, 1 / 8.0);
        assertThat(endpoints()).containsExactly("GET /a", "GET /b");
        assertWindows("/http/endpoints/0/error_ratio", 0, 0, 0);
        assertWindows("/http/endpoints/1/error_ratio", 1, 1, 1);
    }

    @Test
    void figures_ofTimeInWhichNothingHappened_areNotKnownWhereTheyDivide() throws IOException {
        requests("/a", 500, 3);
        steps(Duration.ofMinutes(2), () -> {});

        assertWindows("/http/requests_per_second", 0, 3 / 120.0, 3 / 120.0);
        assertThat(summary("/http/error_ratio")).isEqualTo(parse("{'1m':null,'5m':1,'15m':1}"));
        assertThat(summary("/http/duration_seconds/1m"))
                .isEqualTo(parse("{'p50':null,'p95':null,'p99':null,'mean':null}"));
    }

    /** 0.2 s is in (0.1, 0.25], 1.2 s in (1, 2], 200 s beyond the last bound, which is 120 s. */
    @Test
    void quantiles_areInterpolatedFromWhatCameToTheBuckets() throws IOException {
        http.record("GET", "/a", 200, Duration.ofSeconds(100)); // before all windows but the last
        steps(Duration.ofMinutes(6), () -> {});
        steps(Duration.ofMinutes(1), () -> {
            times(15, () -> http.record("GET", "/a", 200, FAST));
            times(4, () -> http.record("GET", "/b", 200, Duration.ofMillis(1_200)));
            http.record("GET", "/b", 200, Duration.ofSeconds(200));
        });

        JsonNode quantiles = summary("/http/duration_seconds/1m");
        assertThat(quantiles.at("/p50").doubleValue()).isEqualTo(0.1 + 0.15 * (120 / 180.0));
        assertThat(quantiles.at("/p95").doubleValue()).isEqualTo(2);
        assertThat(quantiles.at("/p99").doubleValue()).isEqualTo(120);
        assertThat(quantiles.at("/mean").doubleValue()).isCloseTo(207.8 / 20, within(1e-12));
        assertThat(summary("/http/duration_seconds/5m")).isEqualTo(quantiles);
        assertThat(summary("/http/duration_seconds/15m/mean").doubleValue())
                .isCloseTo((100 + 12 * 207.8) / 241, within(1e-12));
    }

    @Test
    void series_thatAppearBetweenSteps_beginAtZero() throws IOException {
        steps(Duration.ofMinutes(3), () -> {});
        requests("/late", 200, 30);
        clock.add(STEP);

        assertWindows("/http/endpoints/0/requests_per_second", 30 / 60.0, 30 / 185.0, 30 / 185.0);
    }

    @Test
    void series_thatLeaveThePage_stayCounted() throws IOException {
        requests("/idle", 200, 100);
        steps(Duration.ofMinutes(4), () -> requests("/busy", 200, 1));
        assertThat(registry.scrape()).doesNotContain("/idle\",method=\"GET\",status=\"200\"");

        assertThat(summary("/http/requests_total").longValue()).isEqualTo(148);
        assertWindows("/http/requests_per_second", 12 / 60.0, 148 / 240.0, 148 / 240.0);
        assertThat(endpoints()).containsExactly("GET /idle", "GET /busy");
    }

    @Test
    void aSeries_thatIsBackOnThePage_isNoBurst() throws IOException {
        requests("/a", 200, 100);
        steps(Duration.ofMinutes(4), () -> {});
        requests("/a", 200, 1);
        steps(STEP, () -> {});

        assertThat(summary("/http/requests_per_second/1m").doubleValue()).isEqualTo(1 / 60.0);
    }

    @Test
    void steps_thatAreMissing_makeShortWindowsUnknown() throws IOException {
        steps(Duration.ofMinutes(2), () -> requests("/a", 200, 5));
        clock.add(Duration.ofMinutes(4));
        requests("/a", 200, 240);

        assertThat(summary("/http/requests_per_second")).isEqualTo(parse("{'1m':null,'5m':1,'15m':1}"));
        assertThat(summary("/http/requests_total").longValue()).isEqualTo(360);
    }

    @Test
    void values_thatAreNotANumber_areNotKnown() throws IOException {
        FunctionCounter.builder("loom.cache.hits", this, test -> Double.NaN)
                .tag("cache_type", "odd")
                .register(registry);
        Counter.builder("loom.cache.misses")
                .tag("cache_type", "odd")
                .register(registry)
                .increment(3);
        Gauge.builder("loom.cache.entries", () -> Double.POSITIVE_INFINITY)
                .tag("cache_type", "odd")
                .register(registry);
        steps(Duration.ofMinutes(1), () -> {});

        assertThat(summary("/cache/types/0"))
                .isEqualTo(parse("{'cache_type':'odd','hit_ratio':"
                        + "{'1m':null,'5m':null,'15m':null},'hits_total':null,'misses_total':3,'entries':null}"));
        assertThat(summary("/interactions/satisfaction_score").isNull()).isTrue();
    }

    @Test
    void endpoints_beyondFifty_areLeftOutAndCounted() throws IOException {
        steps(Duration.ofSeconds(10), () -> routes(60));

        assertThat(endpoints())
                .hasSize(50)
                .startsWith("GET /route/ech", "GET /route/ecg")
                .endsWith("GET /route/eak");
        assertThat(summary("/http/requests_total").longValue()).isEqualTo(2 * 60 * 61 / 2);
        assertThat(summary("/http/requests_per_second/1m").doubleValue()).isEqualTo(60 * 61 / 2 / 5.0);
    }

    /** A reading keeps the busiest 100 of 120. One that was not among them has no past, and is no burst when it comes in. */
    @Test
    void endpoints_beyondAHundred_areCountedAndHaveNoPast() throws IOException {
        routes(120);
        steps(Duration.ofMinutes(6), () -> {});
        requests("/route/eaa", 200, 10_000);
        clock.add(STEP);

        assertThat(summary("/http/requests_total").longValue()).isEqualTo(120 * 121 / 2 + 10_000);
        assertThat(summary("/http/requests_per_second/5m").doubleValue()).isEqualTo(10_000 / 300.0);
        assertThat(endpoints()).hasSize(50).startsWith("GET /route/eep").doesNotContain("GET /route/eaa");
    }

    @Test
    void endpoints_ofTheLastFiveMinutes_comeBeforeThoseThatHadMore() throws IOException {
        requests("/once", 200, 1_000);
        steps(Duration.ofMinutes(6), () -> requests("/now", 200, 1));

        assertThat(endpoints()).containsExactly("GET /now", "GET /once");
    }

    @Test
    void commonTags_ofTheRegistry_doNotMatter() throws IOException {
        LoomPrometheusRegistry tagged =
                LoomPrometheusRegistry.builder().clock(clock).build();
        tagged.config().commonTags("aaa", "first", "zzz", "last");
        LoomMetrics other = LoomMetrics.of(tagged);
        ApiPage page = ApiPage.builder(tagged).sampledByHand().build();
        other.http().record("PUT", "/a", 500, FAST);
        clock.add(STEP);

        JsonNode endpoint = JsonAnswer.summary(page, "/http/endpoints/0");
        assertThat(endpoint.at("/method").textValue()).isEqualTo("PUT");
        assertThat(endpoint.at("/endpoint").textValue()).isEqualTo("/a");
        assertThat(endpoint.at("/error_ratio/1m").intValue()).isEqualTo(1);
    }

    @Test
    void meters_withOtherBuckets_areSummedWhereBoundsAreTheSame() throws IOException {
        LoomPrometheusRegistry raw =
                LoomPrometheusRegistry.builder().clock(clock).build();
        ApiPage page = ApiPage.builder(raw).sampledByHand().build();
        times(4, () -> timer(raw, "/a", 100, 1_000).record(Duration.ofMillis(500)));
        times(4, () -> timer(raw, "/b", 1_000, 2_000).record(Duration.ofMillis(1_500)));
        clock.add(STEP);

        JsonNode all = JsonAnswer.summary(page, "/http/duration_seconds/1m");
        assertThat(all.at("/p50").doubleValue()).isEqualTo(0.1 + 0.9 * 4 / 4);
        assertThat(all.at("/mean").doubleValue()).isEqualTo(1);
    }

    @Test
    void models_haveTheirOwnFigures() throws IOException {
        LlmMeter small = loom.llm("north", "small");
        LlmMeter large = loom.llm("south", "large");
        loom.llm("north", "unused");
        steps(Duration.ofMinutes(1), () -> {
            times(3, () -> small.record(FAST, Usage.of(100, 10)));
            large.record(Duration.ofSeconds(4), Usage.of(1_000, 500));
            large.recordFailure(FAST, ErrorType.RATE_LIMIT);
        });

        assertThat(summary("/llm/requests_total").longValue()).isEqualTo(60);
        assertWindows("/llm/error_ratio", 0.2, 0.2, 0.2);
        assertWindows("/llm/tokens_per_second/prompt", 260, 260, 260);
        assertThat(summary("/llm/errors_per_second")).isEqualTo(parse("{'rate_limit':{'1m':0.2,'5m':0.2,'15m':0.2}}"));
        assertThat(summary("/llm/models")).hasSize(3);
        assertThat(summary("/llm/models/0/model").textValue()).isEqualTo("small");
        assertThat(summary("/llm/models/1/tokens_total")).isEqualTo(parse("{'prompt':12000,'completion':6000}"));
        assertWindows("/llm/models/1/error_ratio", 0.5, 0.5, 0.5);
        assertThat(summary("/llm/models/2/requests_total").longValue()).isZero();
        assertThat(summary("/llm/models/2/error_ratio/15m").isNull()).isTrue();
    }

    /** One request to the first route, two to the second, and so on. */
    private void routes(int number) {
        for (int i = 0; i < number; i++) {
            requests("/route/e" + (char) ('a' + i / 26) + (char) ('a' + i % 26), 200, i + 1);
        }
    }

    private void requests(String endpoint, int status, int number) {
        times(number, () -> http.record("GET", endpoint, status, FAST));
    }

    private static Timer timer(LoomPrometheusRegistry raw, String endpoint, long... boundMillis) {
        Duration[] bounds =
                Arrays.stream(boundMillis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
        return Timer.builder("http.request.duration")
                .tag("endpoint", endpoint)
                .serviceLevelObjectives(bounds)
                .register(raw);
    }

    private void steps(Duration time, Runnable work) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            work.run();
            clock.add(STEP);
            api.sample();
            registry.scrape();
        }
    }

    private static void times(int number, Runnable event) {
        for (int i = 0; i < number; i++) {
            event.run();
        }
    }

    private List<String> endpoints() throws IOException {
        List<String> endpoints = new ArrayList<>();
        for (JsonNode endpoint : summary("/http/endpoints")) {
            endpoints.add(endpoint.at("/method").textValue()
                    + ' '
                    + endpoint.at("/endpoint").textValue());
        }
        return endpoints;
    }

    private void assertWindows(String pointer, double one, double five, double fifteen) throws IOException {
        JsonNode windows = summary(pointer);
        assertThat(windows.at("/1m").doubleValue()).as("%s 1m", pointer).isEqualTo(one);
        assertThat(windows.at("/5m").doubleValue()).as("%s 5m", pointer).isEqualTo(five);
        assertThat(windows.at("/15m").doubleValue()).as("%s 15m", pointer).isEqualTo(fifteen);
    }

    private JsonNode summary(String pointer) throws IOException {
        return JsonAnswer.summary(api, pointer);
    }

    private static JsonNode parse(String json) throws IOException {
        return JsonAnswer.parse(json.replace('\'', '"'));
    }
}
