package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeScaleTest {
    private static final TimeScale TEN = new TimeScale(10);

    /** A number that may be one of seconds. */
    private static final Pattern LARGE = Pattern.compile("(?<![\\w.:])\\d{2,}(?![\\w.])");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "30s, 3000ms",
        "5m, 30000ms",
        "1h30m, 540000ms",
        "1d, 8640000ms",
        "30d, 259200000ms",
        "1w, 60480000ms",
        "1y, 3153600000ms",
        "250ms, 25ms",
        "0s, 0ms"
    })
    void duration_ofAnyUnit_isATenth(String duration, String tenth) {
        assertThat(TEN.duration(duration)).isEqualTo(tenth);
    }

    @Test
    void duration_ofAllUnits_isTheirSum() {
        assertThat(new TimeScale(1).duration("1d2h3m4s5ms")).isEqualTo("93784005ms");
        assertThat(TEN.of(Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void duration_thatIsNone_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TEN.duration("5"))
                .withMessage("a duration must be numbers with units: was \"5\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TEN.duration("5ms"))
                .withMessage("a duration must be a whole number of milliseconds when it is divided by 10: was 5ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeScale(0))
                .withMessage("factor must be 1 or more: was 0");
    }

    @Test
    void promql_withDurations_hasAllOfThemShorter() {
        assertThat(TEN.promql("rate(a_total[5m]) / rate(b_total{c=\"d\"}[1h30m] offset 1h)"))
                .isEqualTo("rate(a_total[30000ms]) / rate(b_total{c=\"d\"}[540000ms] offset 360000ms)");
        assertThat(TEN.promql("max_over_time(rate(a_total[5m])[1d:10s] @ end())"))
                .isEqualTo("max_over_time(rate(a_total[30000ms])[8640000ms:1000ms] @ end())");
    }

    @Test
    void promql_withSeconds_hasThemFewer() {
        assertThat(TEN.promql("rate(a_total[1h]) > 1 / 60")).isEqualTo("rate(a_total[360000ms]) > 1 / 6");
        assertThat(TEN.promql("a > 1 / 15")).isEqualTo("a > 1 / 1.5");
        assertThat(TEN.promql("predict_linear(a[15m], 600) < 0")).isEqualTo("predict_linear(a[90000ms], 60) < 0");
        assertThat(TEN.promql("time() - a > 4.5 * 3600")).isEqualTo("time() - a > 4.5 * 360");
        assertThat(TEN.promql("a * 30 * 86400 > b")).isEqualTo("a * 30 * 8640 > b");
    }

    @Test
    void promql_withoutTimes_isAsItWas() {
        String expression = """
                # not 5m
                job:a_total:rate5m{le="2.0", d="5m", e='1h "2h"'} / 1024 / 1024 > 14.4 * 0.005 and a > 1000 or b / 600 or 1 - c > 1 / d
                """;

        assertThat(TEN.promql(expression)).isEqualTo(expression);
    }

    @Test
    void rules_ofAFile_haveAllTheirTimesShorter() throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yml"), """
                groups:
                  - name: one
                    interval: 5m
                    rules:
                      - record: job:a:rate5m
                        expr: sum by (job) (rate(a_total[5m]))
                      - alert: A
                        expr: job:a:rate5m > 1 / 60
                        for: 10m
                        keep_firing_for: 1m
                        annotations:
                          summary: more than 5m
                """);

        JsonNode expected = Kit.yaml(Files.writeString(directory.resolve("expected.yml"), """
                groups:
                  - name: one
                    interval: 30000ms
                    rules:
                      - record: job:a:rate5m
                        expr: sum by (job) (rate(a_total[30000ms]))
                      - alert: A
                        expr: job:a:rate5m > 1 / 6
                        for: 60000ms
                        keep_firing_for: 6000ms
                        annotations:
                          summary: more than 5m
                """));
        assertThat(new JsonMapper().readTree(TEN.rules(file))).isEqualTo(expected);
    }

    /** A time that is written in another way, as a number of seconds, would stay as it is. Look at each new number. */
    @Test
    void numbers_ofTheKitThatStay_areCountsAndSizes() throws IOException {
        Set<String> stay = new TreeSet<>();
        for (Path file : List.of(Kit.RULES, Kit.ALERTS)) {
            for (Query query : Query.ofRules(file)) {
                stay.addAll(same(query.expression(), TEN.promql(query.expression())));
            }
        }

        assertThat(stay).containsExactlyInAnyOrder("20", "30", "100", "512", "1000", "1024", "10000");
    }

    private static Set<String> same(String before, String after) {
        Set<String> numbers = numbers(before);
        numbers.retainAll(numbers(after));
        return numbers;
    }

    private static Set<String> numbers(String expression) {
        return LARGE.matcher(expression)
                .results()
                .map(result -> result.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
