package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.loom.metrics.examples.dashboards.DashboardFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboards and the types that Grafana publishes, {@code @grafana/schema}, by the TypeScript compiler. It runs where npm
 * and its registry can be reached, and is skipped elsewhere: what it proves is the schema that the unit tests check by.
 */
class GrafanaTypesIT {
    private static final Path SOURCE =
            Path.of(System.getProperty("loom.root"), "loom-metrics-examples", "src", "test", "resources", "grafana");
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "tsconfig.json", "types.ts", "schema.mjs");

    /** npm's words for a registry that cannot be reached; anything else that goes wrong is a failure. */
    private static final Pattern NO_REGISTRY =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EPROTO"
                    + "|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|E40[137]|E50[0-9]");

    /** npm loads 30 MB where it has not done so before. */
    private static final int LONGEST_SECONDS = 480;

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path directory;

    @BeforeAll
    static void install() throws Exception {
        Path npm = StackProgram.find("npm").orElse(null);
        Assumptions.assumeTrue(npm != null, "npm is not installed: this test needs it, and no other does");
        for (String file : FILES) {
            Files.copy(SOURCE.resolve(file), directory.resolve(file));
        }
        Run run = run(
                npm.toString(),
                "--prefix",
                directory.toString(),
                "ci",
                "--ignore-scripts",
                "--prefer-offline",
                "--fetch-retries=1",
                "--fetch-timeout=60000", // sooner than we give up: then npm says why
                "--no-audit",
                "--no-fund");
        if (run.exitCode != 0 && NO_REGISTRY.matcher(run.output).find()) {
            Assumptions.abort("npm cannot reach its registry: this test needs @grafana/schema from it. " + run.output);
        }
        assertThat(run.exitCode).as(run.output).isZero();
    }

    @Test
    void dashboards_all_areOfTheTypesThatGrafanaPublishes() throws Exception {
        List<String> modules = new ArrayList<>();
        for (DashboardFile file : DashboardFile.all()) {
            modules.add(module(file.name(), file.root().toPrettyString()));
        }
        Run run = compile(modules);

        assertThat(run.output).isEmpty();
        assertThat(run.exitCode).isZero();
    }

    @Test
    void dashboard_withAnUnknownKeyOrValue_isRefused() throws Exception {
        String text = DashboardFile.all().get(0).root().toPrettyString();
        String key = text.replaceFirst("\"fieldConfig\"", "\"surplus\" : 1, \"fieldConfig\"");
        String value = text.replaceFirst("\"lastNotNull\"", "17");
        assertThat(List.of(key, value)).doesNotContain(text);

        assertThat(compile(List.of(module("key", key))).output).contains("'\"surplus\"' does not exist");
        assertThat(compile(List.of(module("value", value))).output)
                .contains("Type 'number' is not assignable to type 'string'");
    }

    /** The schema lets {@code DashboardSchemaTest} check the same without npm. */
    @Test
    void schema_ofTheUnitTests_isMadeFromTheseTypes() throws Exception {
        Run run = node("schema.mjs");
        assertThat(run.exitCode).as(run.output).isZero();
        Path schema = SOURCE.resolve("dashboard.schema.json");
        if ("write".equals(System.getenv("LOOM_DOCS"))) {
            Files.writeString(schema, run.output.strip() + '\n');
        }
        assertThat(JSON.readTree(Files.readString(schema))).isEqualTo(JSON.readTree(run.output));
    }

    private static String module(String name, String text) throws IOException {
        String file = name + ".ts";
        Files.writeString(directory.resolve(file), """
                import type { Json, LoomDashboard } from './types';
                export const dashboard: Json<LoomDashboard> = %s;
                """.formatted(text));
        return file;
    }

    private static Run compile(List<String> modules) throws Exception {
        Files.writeString(
                directory.resolve("check.json"),
                JSON.createObjectNode()
                        .put("extends", "./tsconfig.json")
                        .set("files", JSON.valueToTree(modules))
                        .toString());
        return node("node_modules/typescript/bin/tsc", "--project", "check.json", "--pretty", "false");
    }

    private static Run node(String script, String... args) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(StackProgram.require("node").toString(), script));
        command.addAll(List.of(args));
        return run(command.toArray(String[]::new));
    }

    private static Run run(String... command) throws Exception {
        try (ChildProcess process = ChildProcess.start(directory, shell(command))) {
            return new Run(process.exitCode(LONGEST_SECONDS), process.out() + process.err());
        }
    }

    /** In the directory of the package: {@link ChildProcess} itself starts programs where the test is. */
    private static List<String> shell(String... command) {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", directory.toString()));
        shell.addAll(List.of(command));
        return shell;
    }

    private record Run(int exitCode, String output) {}
}
