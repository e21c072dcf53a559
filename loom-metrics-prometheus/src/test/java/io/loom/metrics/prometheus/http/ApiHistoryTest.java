package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.MockClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was, step by step, by a clock that moves by hand. */
class ApiHistoryTest {
    private static final Duration STEP = Duration.ofSeconds(5);

    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).build();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final ApiPage api =
            ApiPage.builder(registry).step(STEP).sampledByHand().build();

    @Test
    void history_beforeTheFirstStep_isEmpty() throws IOException {
        JsonNode history = history();

        assertThat(history.at("/step_seconds").intValue()).isEqualTo(5);
        assertThat(history.at("/times")).isEmpty();
        assertThat(history.at("/values")).hasSize(20).allMatch(JsonNode::isEmpty);
        assertThat(ApiSchema.read().errors(history)).isEmpty();
    }

    @Test
    void history_ofThreeSteps_tellsEachByItself() throws IOException {
        requests(10, 200);
        step();
        requests(3, 200);
        requests(1, 500);
        loom.interactions().rate(4);
        step();
        step();

        assertThat(times()).containsExactly(5.001, 10.001, 15.001);
        assertThat(course("http_requests_per_second")).containsExactly(2.0, 0.8, 0.0);
        assertThat(course("http_error_ratio")).containsExactly(0.0, 0.25, null);
        assertThat(course("http_p95_seconds")).containsExactly(0.1 + 0.15 * 0.95, 0.1 + 0.15 * 0.95, null);
        assertThat(course("rating_mean")).containsExactly(null, 4.0, null);
        assertThat(course("sessions_active")).containsExactly(0.0, 0.0, 0.0);
        assertThat(course("threads")).hasSize(3).allMatch(threads -> threads >= 1);
    }

    @Test
    void history_beyondFifteenMinutes_hasTheLastHundredAndEightySteps() throws IOException {
        for (int i = 0; i < 400; i++) {
            requests(i, 200);
            step();
        }

        assertThat(times()).hasSize(180).endsWith(2_000.001).startsWith(1_105.001);
        assertThat(course("http_requests_per_second"))
                .hasSize(180)
                .endsWith(399 / 5.0)
                .startsWith(220 / 5.0);
        assertThat(ApiSchema.read().errors(history())).isEmpty();
    }

    private void requests(int number, int status) {
        for (int i = 0; i < number; i++) {
            loom.http().record("GET", "/a", status, Duration.ofMillis(200));
        }
    }

    private void step() {
        clock.add(STEP);
        api.sample();
    }

    private JsonNode history() throws IOException {
        return JsonAnswer.get(api, "/history", null).json();
    }

    private List<Double> times() throws IOException {
        return doubles(history().at("/times"));
    }

    private List<Double> course(String name) throws IOException {
        return doubles(history().at("/values/" + name));
    }

    private static List<Double> doubles(JsonNode array) {
        List<Double> doubles = new ArrayList<>();
        array.forEach(each -> doubles.add(each.isNull() ? null : each.doubleValue()));
        return doubles;
    }
}
