package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files that are made from others. {@code LOOM_DOCS=write} makes them anew. */
class GeneratedFilesTest {
    @Test
    void prometheusRule_ofTheRuleFiles_isWhatItSays() throws IOException {
        assertGenerated("kubernetes/prometheus-rule.yaml", PrometheusRuleManifest.render());
    }

    @Test
    void longTermConfig_ofTheOrdinaryOne_hasRemoteWriteBesideIt() throws IOException {
        assertGenerated("deploy/prometheus-longterm.yml", LongTermConfig.render());
    }

    private static void assertGenerated(String file, String content) throws IOException {
        Path path = YamlFile.examples().resolve(file);
        if ("write".equals(System.getenv("LOOM_DOCS"))) {
            Files.writeString(path, content);
        }
        assertThat(path).hasContent(content);
    }
}
