package io.loom.metrics.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus's own checker says about the page. */
class PromtoolIT {
    private static final int FINDINGS = 3;

    @TempDir
    private Path directory;

    @Test
    void check_pageOfLoomAlone_findsNothing() throws Exception {
        Check check = check("false");

        assertThat(check.findings()).isEmpty();
        assertThat(check.exitCode()).isZero();
    }

    /** Micrometer's names: known, and not ours to change. */
    @Test
    void check_pageWithJvmMetrics_findsTheKnownOnly() throws Exception {
        Check check = check("true");

        assertThat(check.findings()).containsExactlyInAnyOrderElementsOf(known());
        assertThat(check.exitCode()).isEqualTo(FINDINGS);
    }

    private Check check(String jvmMetrics) throws Exception {
        Path promtool = StackProgram.require("promtool");
        ServiceConfig config = TestConfig.of(Map.of(Setting.JVM_METRICS, jvmMetrics));
        Path page = directory.resolve("page.txt");
        try (NarrativeService service = NarrativeService.start(config)) {
            new ServiceClient(service.uri()).generate();
            Files.writeString(
                    page, new ServiceClient(service.uri()).get("/metrics").body());
        }
        List<String> command =
                List.of("sh", "-c", "exec \"$0\" check metrics < \"$1\"", promtool.toString(), page.toString());
        try (ChildProcess process = ChildProcess.start(directory, command)) {
            return new Check(
                    process.exitCode(), (process.out() + process.err()).lines().toList());
        }
    }

    private static List<String> known() throws IOException {
        try (InputStream file = PromtoolIT.class.getResourceAsStream("/promtool-findings.txt")) {
            return new String(file.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private record Check(int exitCode, List<String> findings) {}
}
