package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus's own checker says about configuration and rules, and its unit tests of the rules. */
class PromtoolRulesIT {
    private static final Pattern FOR = Pattern.compile("(?m)^( +for: )(\\d+)([mh])$");
    private static final Pattern FAILED = Pattern.compile("ALERTS\\{alertname=\\\\\"(\\w+)");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.yml", "prometheus-longterm.yml"})
    void config_ofPrometheus_isValidWithBothRuleFiles(String file) throws Exception {
        Path config = Files.writeString(
                directory.resolve(file), ShippedConfig.ofPrometheus(file).text());

        Tool check = Tool.run(directory, "promtool", "check", "config", config.toString());

        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out())
                .contains("2 rule files found")
                .contains(Kit.RULES.toString())
                .contains(Kit.ALERTS.toString());
    }

    @Test
    void rules_all_passTheLint() throws Exception {
        Tool check = Tool.run(
                directory,
                "promtool",
                "check",
                "rules",
                "--lint=all",
                "--lint-fatal",
                Kit.RULES.toString(),
                Kit.ALERTS.toString());

        assertThat(check.exitCode()).as(check.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void rules_underTest_doAsExpected(Path test) throws Exception {
        Tool run = Tool.run(directory, "promtool", "test", "rules", test.toString());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    /** A test that cannot fail would show here. */
    @ParameterizedTest
    @CsvSource({"> 0.05, > 0.07", "'[5m]))\n            > 0.05', '[10m]))\n            > 0.05'"})
    void rules_withAnotherThresholdOrWindow_failTheirTests(String right, String wrong) throws Exception {
        String alerts = Files.readString(Kit.ALERTS);
        assertThat(alerts).containsOnlyOnce(right);

        Tool run = test(alerts.replace(right, wrong), "guide.yml");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out() + run.err()).contains("alertname: HighErrorRate").doesNotContain("alertname: HighLatency");
    }

    /** Each alert that waits is tested just before its time is over, and just after. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2})
    void rules_withOtherDurations_allFailTheirTests(double factor) throws Exception {
        List<String> waiting = Rule.alerts(Kit.ALERTS).stream()
                .filter(alert -> !alert.pending().isEmpty())
                .map(Rule::name)
                .toList();
        String alerts = FOR.matcher(Files.readString(Kit.ALERTS))
                .replaceAll(wait -> wait.group(1) + Math.round(seconds(wait) * factor) + 's');

        Tool run = test(alerts, "durations.yml", "durations-hours.yml");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(FAILED.matcher(run.out() + run.err()).results().map(failed -> failed.group(1)))
                .containsOnlyOnceElementsOf(waiting)
                .hasSameSizeAs(waiting);
    }

    @Test
    void queries_ofTheDocuments_areUnderstood() throws Exception {
        List<Query> queries = Query.ofDocuments(Kit.ROOT.resolve("docs"));
        StringBuilder rules = new StringBuilder("groups:\n  - name: documents\n    rules:\n");
        for (int i = 0; i < queries.size(); i++) {
            rules.append("      - record: query").append(i).append("\n        expr: |\n");
            queries.get(i)
                    .expression()
                    .lines()
                    .forEach(line -> rules.append("          ").append(line).append('\n'));
        }
        Path file = Files.writeString(directory.resolve("documents.yml"), rules);

        Tool check = Tool.run(directory, "promtool", "check", "rules", file.toString());

        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out()).contains(queries.size() + " rules found");
    }

    static List<Path> tests() {
        return Kit.files(Kit.DEPLOY.resolve("tests"), ".yml");
    }

    /** {@return what promtool says of these alerts in the kit's tests} */
    private Tool test(String alerts, String... names) throws Exception {
        Files.copy(Kit.RULES, directory.resolve(Kit.RULES.getFileName()));
        Files.writeString(directory.resolve(Kit.ALERTS.getFileName()), alerts);
        Path tests = Files.createDirectory(directory.resolve("tests"));
        List<String> args = new ArrayList<>(List.of("test", "rules"));
        for (String name : names) {
            args.add(Files.copy(Kit.DEPLOY.resolve(Path.of("tests", name)), tests.resolve(name))
                    .toString());
        }
        return Tool.run(directory, "promtool", args.toArray(String[]::new));
    }

    private static double seconds(MatchResult wait) {
        return Integer.parseInt(wait.group(2)) * (wait.group(3).equals("h") ? 3600 : 60);
    }
}
