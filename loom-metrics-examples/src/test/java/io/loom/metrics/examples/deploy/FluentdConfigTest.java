package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fluentd's configuration. Debian has no Fluentd, so that this is less than Fluentd itself would check. */
class FluentdConfigTest {
    @Test
    void fluentd_allParameters_areThoseOfTheManual() throws IOException {
        assertThat(KnownKeys.read("fluentd-keys.txt").paths()).containsAll(config().paths());
    }

    /** A parameter of one plugin is none of another. */
    @Test
    void fluentd_parameterMistyped_isNotOfTheManual() throws IOException {
        String text = Files.readString(YamlFile.examples().resolve("deploy/fluentd/fluent.conf"));

        assertThat(FluentdConfig.parse(text.replace("index_name ", "index_names "))
                        .paths())
                .contains("match(elasticsearch).index_names");
        assertThat(KnownKeys.read("fluentd-keys.txt").paths())
                .doesNotContain("match(elasticsearch).index_names", "match(elasticsearch).pos_file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<source>", "<source>\n</match>", "</source>", "<source>\nport\n</source>", "port: 1"})
    void fluentd_malformed_isRefused(String text) {
        assertThatThrownBy(() -> FluentdConfig.parse(text)).isInstanceOf(AssertionError.class);
    }

    @Test
    void fluentd_guidesSourceAndMatch_areThere() throws IOException {
        FluentdConfig source = config().section("source", "forward");
        FluentdConfig match = config().section("match loom.**", "elasticsearch");

        assertThat(source.value("port")).contains("24224");
        assertThat(match.value("host")).contains("elasticsearch");
        assertThat(match.value("port")).contains("9200");
        assertThat(match.value("index_name")).contains("loom");
    }

    /** What is tailed has a tag that the match takes, and is kept in the volume until it is sent. */
    @Test
    void fluentd_tail_reachesTheMatch() throws IOException {
        FluentdConfig tail = config().section("source", "tail");
        FluentdConfig buffer =
                config().section("match loom.**", "elasticsearch").section("buffer", "file");

        assertThat(tail.value("tag")).contains("loom.docker");
        assertThat(tail.value("path")).contains("/var/lib/docker/containers/*/*-json.log");
        assertThat(tail.value("pos_file").orElse("")).startsWith("/fluentd/state/");
        assertThat(buffer.value("path").orElse("")).startsWith("/fluentd/state/");
        assertThat(config().section("filter loom.docker", "grep")
                        .sections()
                        .get(0)
                        .value("key"))
                .contains("$.attrs.tag");
    }

    private static FluentdConfig config() throws IOException {
        return FluentdConfig.parse(Files.readString(YamlFile.examples().resolve("deploy/fluentd/fluent.conf")));
    }
}
