package io.loom.metrics.examples.deploy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.ErrorType.Fault;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every alert, and for the kinds of them. */
class AlertsTest {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z]+");
    private static final Pattern SHARE = Pattern.compile("\\w+:\\w+:ratio_rate");
    private static final Pattern TRAFFIC = Pattern.compile("\\w+:\\w+:rate");
    private static final Pattern BUDGET = Pattern.compile("([\\d.]+) \\* (0\\.\\d+)");
    private static final Pattern GATE = Pattern.compile("1 / \\d+");
    private static final Pattern ERROR_TYPES = Pattern.compile("error_type=~\"([^\"]*)\"");

    @Test
    void alerts_all_haveWhatTheirReadersNeed() throws IOException {
        List<Rule> alerts = Rule.alerts(Kit.ALERTS);

        assertThat(alerts).extracting(Rule::name).doesNotHaveDuplicates().hasSizeGreaterThan(35);
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(alert.name()).matches(NAME);
            assertThat(alert.labels()).containsOnlyKeys("severity", "service");
            assertThat(alert.label("severity")).isIn("critical", "warning", "info");
            assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook_url");
            assertThat(alert.annotations().get("description")).endsWith(".");
            assertThat(alert.annotations())
                    .containsEntry(
                            "runbook_url", "docs/runbooks.md#" + alert.name().toLowerCase(Locale.ROOT));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "LoomDown, 1m, critical, == 0",
        "HighErrorRate, 2m, warning, > 0.05",
        "HighLatency, 5m, warning, > 2",
        "HighMemoryUsage, 5m, warning, > 512"
    })
    void alert_ofTheGuide_hasItsDurationSeverityAndThreshold(
            String name, String wait, String severity, String threshold) throws IOException {
        Rule alert = alert(name);

        assertThat(alert.group()).isEqualTo("loom-alerts");
        assertThat(alert.pending()).isEqualTo(wait);
        assertThat(alert.label("severity")).isEqualTo(severity);
        assertThat(alert.expr().strip()).endsWith(threshold);
    }

    /** Each is written out, since that reads best. So they could differ by mistake. */
    @ParameterizedTest
    @ValueSource(strings = {"Fast", "Slow"})
    void burnRates_ofAllObjectives_areOneFormula(String speed) throws IOException {
        List<Rule> alerts = burnRates(speed);

        assertThat(alerts).hasSize(4);
        assertThat(alerts.stream().map(alert -> formula(alert.expr())))
                .hasSize(4)
                .containsOnly(formula(alerts.get(0).expr()));
        assertThat(alerts).extracting(Rule::pending).containsOnly("");
        assertThat(alerts)
                .extracting(alert -> alert.label("severity"))
                .containsOnly(speed.equals("Fast") ? "critical" : "warning");
    }

    @Test
    void burnRates_ofOneObjective_areAboutTheSameMetricsAndBudget() throws IOException {
        for (Rule fast : burnRates("Fast")) {
            Rule slow = alert(fast.name().replace("Fast", "Slow"));
            String both = fast.expr() + slow.expr();

            assertThat(distinct(SHARE, both, 0)).as("shares of %s", fast.name()).hasSize(1);
            assertThat(distinct(TRAFFIC, both, 0))
                    .as("traffic of %s", fast.name())
                    .hasSize(1);
            assertThat(distinct(GATE, both, 0)).as("gates of %s", fast.name()).hasSize(1);
            assertThat(distinct(BUDGET, both, 2))
                    .as("budgets of %s", fast.name())
                    .hasSize(1);
        }
    }

    /** With a budget of 10%, 14.4 times as much would be more than all. */
    @Test
    void burnRates_all_canBeReached() throws IOException {
        for (Rule alert : burnRates("Fast")) {
            BUDGET.matcher(alert.expr())
                    .results()
                    .forEach(threshold -> assertThat(
                                    Double.parseDouble(threshold.group(1)) * Double.parseDouble(threshold.group(2)))
                            .isLessThan(1));
        }
    }

    @Test
    void burnRates_descriptions_sayTheBudget() throws IOException {
        assertThat(Stream.concat(burnRates("Fast").stream(), burnRates("Slow").stream()))
                .hasSize(8)
                .allSatisfy(alert -> {
                    double budget = Double.parseDouble(
                            distinct(BUDGET, alert.expr(), 2).iterator().next());
                    String percent = budget * 100 == Math.rint(budget * 100)
                            ? Long.toString(Math.round(budget * 100))
                            : Double.toString(budget * 100);
                    assertThat(alert.annotations().get("description")).contains("(" + percent + "%)");
                });
    }

    /** Our circuit breaker opens because of them, so its errors go on when theirs have ended. */
    @Test
    void providerOutage_errorTypes_areTheProvidersFaultsAndTheOpenCircuit() throws IOException {
        Set<String> theirs = Arrays.stream(ErrorType.values())
                .filter(type -> type.fault() == Fault.PROVIDER || type == ErrorType.CIRCUIT_OPEN)
                .map(ErrorType::label)
                .collect(toSet());

        assertThat(distinct(ERROR_TYPES, alert("LlmProviderOutage").expr(), 1))
                .singleElement()
                .satisfies(types -> assertThat(types.split("\\|")).containsExactlyInAnyOrderElementsOf(theirs));
    }

    @Test
    void highLatency_threshold_isABucketBound() throws IOException {
        double threshold = Double.parseDouble(alert("HighLatency").expr().replaceAll("(?s).*> ", ""));

        assertThat(LoomMeter.HTTP_REQUEST_DURATION.spec().buckets().upperBounds())
                .contains(threshold);
    }

    private static List<Rule> burnRates(String speed) throws IOException {
        return Rule.alerts(Kit.ALERTS).stream()
                .filter(alert -> alert.name().endsWith("BudgetBurn" + speed))
                .toList();
    }

    private static Rule alert(String name) throws IOException {
        return Rule.alerts(Kit.ALERTS).stream()
                .filter(alert -> alert.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no alert " + name));
    }

    private static String formula(String expression) {
        String shares = SHARE.matcher(expression).replaceAll("share");
        String traffic = TRAFFIC.matcher(shares).replaceAll("traffic");
        return GATE.matcher(BUDGET.matcher(traffic).replaceAll("$1 * budget")).replaceAll("gate");
    }

    private static Set<String> distinct(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(group))
                .collect(toSet());
    }
}
