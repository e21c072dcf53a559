package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus's own checker says about configuration and rules, and its unit tests of the rules. */
class PromtoolRulesIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.yml", "prometheus-longterm.yml"})
    void config_ofPrometheus_isValidWithBothRuleFiles(String file) throws Exception {
        Path config = Files.writeString(directory.resolve(file), here(file));

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
    @Test
    void rules_withAnotherThreshold_failTheirTests() throws Exception {
        Files.copy(Kit.RULES, directory.resolve(Kit.RULES.getFileName()));
        String alerts = Files.readString(Kit.ALERTS);
        assertThat(alerts).contains("> 0.05");
        Files.writeString(directory.resolve(Kit.ALERTS.getFileName()), alerts.replace("> 0.05", "> 0.07"));
        Path tests = Files.createDirectory(directory.resolve("tests"));
        Path copy = Files.copy(Kit.DEPLOY.resolve(Path.of("tests", "guide.yml")), tests.resolve("guide.yml"));

        Tool run = Tool.run(directory, "promtool", "test", "rules", copy.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out() + run.err()).contains("alertname: HighErrorRate").doesNotContain("alertname: HighLatency");
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

    private static String here(String name) throws IOException {
        return Files.readString(Kit.DEPLOY.resolve(name))
                .replace("/etc/prometheus/loom-rules.yml", Kit.RULES.toString())
                .replace("/etc/prometheus/loom-alerts.yml", Kit.ALERTS.toString());
    }
}
