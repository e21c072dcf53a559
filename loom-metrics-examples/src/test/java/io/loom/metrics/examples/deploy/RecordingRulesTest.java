package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is recorded is what its name says: {@code level:metric:operations}. */
class RecordingRulesTest {
    private static final Pattern NAME = Pattern.compile("[a-z_]+:[a-z0-9_]+:[a-z0-9_]+");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[(\\w+)]");
    private static final Pattern WINDOW = Pattern.compile("(\\d+[mhd])$");

    @Test
    void names_all_areLevelMetricAndOperations() throws IOException {
        assertThat(Rule.recording(Kit.RULES))
                .hasSizeGreaterThan(70)
                .extracting(Rule::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> NAME.matcher(name).matches());
    }

    @Test
    void levels_all_areWhatIsSummedBy() throws IOException {
        assertThat(Rule.recording(Kit.RULES))
                .allSatisfy(rule -> assertThat(find(BY, rule.expr()))
                        .isNotEmpty()
                        .allSatisfy(
                                labels -> assertThat(labels.replace(", le", "").replace(", ", "_"))
                                        .isEqualTo(rule.level())));
    }

    @Test
    void windows_all_areThoseOfTheNames() throws IOException {
        assertThat(Rule.recording(Kit.RULES))
                .allSatisfy(rule -> assertThat(find(RANGE, rule.expr()))
                        .isNotEmpty()
                        .containsOnly(find(WINDOW, rule.name()).get(0)));
    }

    /** A typing error in one of the windows of an objective would be found by no test of the others. */
    @Test
    void windows_ofOneMetric_areAskedForAlike() throws IOException {
        Map<String, Set<String>> expressions = Rule.recording(Kit.RULES).stream()
                .collect(Collectors.groupingBy(
                        rule -> WINDOW.matcher(rule.name()).replaceAll(""),
                        Collectors.mapping(
                                rule -> RANGE.matcher(rule.expr()).replaceAll("[]"),
                                Collectors.toCollection(TreeSet::new))));

        assertThat(expressions).allSatisfy((name, forms) -> assertThat(forms).hasSize(1));
    }

    @Test
    void gauges_ofMeans_areNeverAggregated() throws IOException {
        assertThat(Rule.recording(Kit.RULES)).noneMatch(rule -> rule.expr().contains("loom_user_satisfaction_score"));
        assertThat(Rule.alerts(Kit.ALERTS)).noneMatch(rule -> rule.expr().contains("loom_user_satisfaction_score"));
    }

    @Test
    void groups_ofBusinessAndLongTerm_areEvaluatedAsTheGuideSays() throws IOException {
        assertThat(interval("loom-business")).isEqualTo("1m");
        assertThat(interval("loom-longterm")).isEqualTo("5m");
    }

    /** A value that is recorded every 5 minutes may be gone for a moment before the next is written. */
    @Test
    void alerts_onLongTermValues_bridgeTheGapBetweenTwo() throws IOException {
        List<String> longTerm = Rule.recording(Kit.RULES).stream()
                .filter(rule -> rule.group().equals("loom-longterm"))
                .map(Rule::name)
                .toList();
        assertThat(longTerm).isNotEmpty();

        assertThat(Rule.alerts(Kit.ALERTS))
                .allSatisfy(alert -> assertThat(longTerm)
                        .allSatisfy(name -> assertThat(alert.expr().replace("last_over_time(" + name + "[10m])", ""))
                                .doesNotContain(name)));
    }

    private static String interval(String group) throws IOException {
        for (var candidate : Kit.yaml(Kit.RULES).path("groups")) {
            if (candidate.path("name").asText().equals(group)) {
                return candidate.path("interval").asText();
            }
        }
        return "";
    }

    private static List<String> find(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
