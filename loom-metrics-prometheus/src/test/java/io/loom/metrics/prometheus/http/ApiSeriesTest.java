package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.EveryMeter;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MockClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Raw series are those of the text page. */
class ApiSeriesTest {
    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
            .clock(clock)
            .expireIdleSeries(Duration.ofMinutes(1))
            .nativeHistogram("native", 3, 160)
            .build();
    private final ApiPage api = ApiPage.builder(registry).sampledByHand().build();

    @Test
    void series_ofEveryMeter_areThoseOfTheTextPage() throws IOException {
        EveryMeter.register(registry, clock);
        DistributionSummary.builder("native").register(registry).record(7);
        LoomMetrics.of(registry).http().record("GET", "/\"奇\\\n", 200, Duration.ofNanos(123_456_789));
        TextPage page = TextPage.parse(registry.scrape());

        JsonNode answer = JsonAnswer.get(api, "", query(page)).json();

        assertThat(ApiSchema.read().errors(answer)).isEmpty();
        Map<String, TextPage.Family> families = new LinkedHashMap<>();
        Map<TextPage.Series, Double> samples = new LinkedHashMap<>();
        for (JsonNode family : answer.at("/families")) {
            String name = family.at("/name").textValue();
            families.put(
                    name,
                    new TextPage.Family(
                            name,
                            family.at("/type").textValue(),
                            family.at("/help").textValue()));
            for (JsonNode sample : family.at("/samples")) {
                assertThat(samples.put(series(sample), value(sample))).isNull();
            }
        }
        assertThat(families).isEqualTo(page.families()).hasSizeGreaterThan(40);
        assertThat(withoutMovingOnes(samples)).isEqualTo(withoutMovingOnes(page.samples()));
    }

    @Test
    void series_withAUnit_tellIt() throws IOException {
        Counter.builder("cost").baseUnit("usd").description("Dollars.").register(registry);

        JsonNode family = JsonAnswer.get(api, "", "name=cost_usd_total").json().at("/families/0");

        assertThat(family.at("/unit").textValue()).isEqualTo("usd");
        assertThat(family.at("/help").textValue()).isEqualTo("Dollars.");
    }

    @Test
    void series_thatAreIdle_areLeftOutAsOnThePage() throws IOException {
        registry.counter("drafts").increment();
        registry.scrape();
        clock.add(Duration.ofMinutes(2));

        JsonAnswer answer = JsonAnswer.get(api, "", "name=drafts_total");

        assertThat(answer.head().status()).isEqualTo(200);
        assertThat(answer.json().at("/families")).isEmpty();
    }

    private static String query(TextPage page) {
        return page.families().keySet().stream()
                .map(name -> "name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static TextPage.Series series(JsonNode sample) {
        Map<String, String> labels = sample.at("/labels").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> label.getValue().textValue()));
        return new TextPage.Series(sample.at("/name").textValue(), new TreeMap<>(labels));
    }

    private static double value(JsonNode sample) {
        JsonNode value = sample.at("/value");
        return value.isNumber()
                ? value.doubleValue()
                : Double.parseDouble(value.textValue().replace("Inf", "Infinity"));
    }

    /** What the process uses changes between two readings. */
    private static Map<TextPage.Series, Double> withoutMovingOnes(Map<TextPage.Series, Double> samples) {
        Map<TextPage.Series, Double> still = new LinkedHashMap<>(samples);
        assertThat(still.keySet().removeIf(series -> series.name().startsWith("process_")))
                .isTrue();
        assertThat(still).hasSizeGreaterThan(100);
        return still;
    }
}
