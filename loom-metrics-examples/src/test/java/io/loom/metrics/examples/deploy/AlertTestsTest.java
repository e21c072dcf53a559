package io.loom.metrics.examples.deploy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** That promtool's tests, which {@link PromtoolRulesIT} runs, leave no alert out. */
class AlertTestsTest {
    private static final Pattern DAYS = Pattern.compile("(\\d+)d(.*)");

    @Test
    void alerts_all_areSeenToFireToResolveAndToStaySilent() throws IOException {
        Set<String> all = Rule.alerts(Kit.ALERTS).stream().map(Rule::name).collect(toSet());
        List<Expectation> expected = expectations();

        assertThat(expected.stream().map(Expectation::alert).collect(toSet())).isEqualTo(all);
        assertThat(resolving(expected)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(silent(expected)).containsExactlyInAnyOrderElementsOf(all);
    }

    /** {@return the alerts that in one test fire, and later do not} */
    private static Set<String> resolving(List<Expectation> expected) {
        Set<String> names = new TreeSet<>();
        for (Expectation firing : expected) {
            if (firing.fires()
                    && expected.stream()
                            .anyMatch(later -> later.isOf(firing.test(), firing.alert())
                                    && !later.fires()
                                    && later.at().compareTo(firing.at()) > 0)) {
                names.add(firing.alert());
            }
        }
        return names;
    }

    /** {@return the alerts that a test has in which they never fire, although there is data} */
    private static Set<String> silent(List<Expectation> expected) {
        Set<String> names = new TreeSet<>();
        for (Expectation candidate : expected) {
            if (expected.stream()
                    .noneMatch(other -> other.isOf(candidate.test(), candidate.alert()) && other.fires())) {
                names.add(candidate.alert());
            }
        }
        return names;
    }

    private static List<Expectation> expectations() throws IOException {
        List<Expectation> expected = new ArrayList<>();
        for (Path file : Kit.files(Kit.DEPLOY.resolve("tests"), ".yml")) {
            for (JsonNode test : Kit.yaml(file).path("tests")) {
                assertThat(test.path("input_series"))
                        .as("%s: series of %s", file, test.path("name"))
                        .isNotEmpty();
                String name = file + ": " + test.path("name").asText();
                for (JsonNode check : test.path("alert_rule_test")) {
                    expected.add(new Expectation(
                            name,
                            check.path("alertname").asText(),
                            duration(check.path("eval_time").asText()),
                            !check.path("exp_alerts").isEmpty()));
                }
            }
        }
        return expected;
    }

    @Test
    void tests_all_evaluateEveryGroupAndRecordFirst() throws IOException {
        List<String> groups = new ArrayList<>(groups(Kit.RULES));
        groups.addAll(groups(Kit.ALERTS));

        assertThat(Kit.files(Kit.DEPLOY.resolve("tests"), ".yml")).isNotEmpty().allSatisfy(file -> {
            List<String> order = new ArrayList<>();
            Kit.yaml(file).path("group_eval_order").forEach(group -> order.add(group.asText()));
            assertThat(order).containsExactlyElementsOf(groups);
        });
    }

    private static List<String> groups(Path file) throws IOException {
        return StreamSupport.stream(Kit.yaml(file).path("groups").spliterator(), false)
                .map(group -> group.path("name").asText())
                .toList();
    }

    private static Duration duration(String text) {
        Matcher days = DAYS.matcher(text);
        if (days.matches()) {
            return Duration.ofDays(Long.parseLong(days.group(1))).plus(duration(days.group(2)));
        }
        return text.isEmpty() ? Duration.ZERO : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    private record Expectation(String test, String alert, Duration at, boolean fires) {
        boolean isOf(String otherTest, String otherAlert) {
            return test.equals(otherTest) && alert.equals(otherAlert);
        }
    }
}
