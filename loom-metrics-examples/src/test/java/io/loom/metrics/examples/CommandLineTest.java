package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.examples.tracing.TraceTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    private Path directory;

    @Test
    void parse_noArguments_isTheDefaults() throws Exception {
        CommandLine command = CommandLine.parse();

        assertThat(command.config().port()).isEqualTo(8000);
        assertThat(command.help()).isFalse();
    }

    @Test
    void parse_flags_mayUseSpaceOrEqualsSign() throws Exception {
        ServiceConfig config = CommandLine.parse(
                        "--port", "0", "--rate=5", "--traffic", "--jvm-metrics=false", "--seed", "-3")
                .config();

        assertThat(config)
                .isEqualTo(new ServiceConfig(
                        "127.0.0.1",
                        0,
                        true,
                        5,
                        -3,
                        1,
                        0.01,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        LogFormat.TEXT,
                        Optional.empty()));
    }

    @Test
    void parse_configFile_winsOverDefaultsAndLosesToFlags() throws Exception {
        Path file = file("# a comment\nport = 8100\nrate=7\n");

        ServiceConfig config =
                CommandLine.parse("--rate", "9", "--config", file.toString()).config();

        assertThat(config.port()).isEqualTo(8100);
        assertThat(config.rate()).isEqualTo(9);
        assertThat(config.seed()).isEqualTo(1);
    }

    @Test
    void parse_environment_losesToFileAndFlags() throws Exception {
        Map<String, String> environment =
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://jaeger:4318", "OTEL_TRACES_SAMPLER_ARG", "0.5");
        Path file = file("trace-sampling=0.7\n");

        assertThat(CommandLine.parse(environment).config().traces())
                .contains(new TraceTarget(URI.create("http://jaeger:4318"), 0.5));
        assertThat(CommandLine.parse(environment, "--config", file.toString())
                        .config()
                        .traces())
                .contains(new TraceTarget(URI.create("http://jaeger:4318"), 0.7));
        assertThat(CommandLine.parse(environment, "--config", file.toString(), "--trace-sampling=1")
                        .config()
                        .traces())
                .contains(new TraceTarget(URI.create("http://jaeger:4318"), 1));
        assertThat(CommandLine.parse(environment, "--otlp-endpoint=none")
                        .config()
                        .traces())
                .isEmpty();
    }

    /** So that a file of Docker can leave a variable empty. */
    @Test
    void parse_emptyEnvironment_setsNothing() throws Exception {
        Map<String, String> environment =
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "", "OTEL_TRACES_SAMPLER_ARG", " ", "", "nameless");

        assertThat(CommandLine.parse(environment).config())
                .isEqualTo(CommandLine.parse().config());
    }

    @Test
    void parse_badEnvironment_namesTheVariable() {
        assertThatThrownBy(() -> CommandLine.parse(Map.of("OTEL_TRACES_SAMPLER_ARG", "2")))
                .isInstanceOf(UsageException.class)
                .hasMessage("environment variable OTEL_TRACES_SAMPLER_ARG is not valid:"
                        + " trace-sampling must be 0 to 1: was 2.0");
    }

    @Test
    void parse_help_isAskedFor() throws Exception {
        assertThat(CommandLine.parse("--help").help()).isTrue();
    }

    @Test
    void usage_everySetting_isThereWithItsDefault() {
        for (Setting setting : Setting.values()) {
            assertThat(CommandLine.usage()).contains("--" + setting.key()).contains('(' + setting.standard() + ')');
        }
        assertThat(CommandLine.usage()).contains("--config FILE").contains("--help");
    }

    @Test
    void parse_badFlagValue_namesTheFlag() {
        assertComplaint("--port must be 0 to 65535: was 70000", "--port", "70000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--colour", "port", "-p", "--", "--port-"})
    void parse_unknownFlag_isRefused(String flag) {
        assertComplaint("there is no flag \"" + flag + "\": see --help", flag);
    }

    @Test
    void parse_flagWithoutValue_isRefused() {
        assertComplaint("--port must have a value: see --help", "--port");
    }

    @Test
    void parse_missingConfigFile_saysSo() {
        Path file = directory.resolve("none.properties");

        assertComplaint("config file " + file + " cannot be read: there is no such file", "--config", file.toString());
    }

    @Test
    void parse_directoryAsConfigFile_saysSo() {
        assertComplaint(
                "config file " + directory + " cannot be read: it is a directory", "--config", directory.toString());
    }

    @Test
    void parse_unknownKeyInConfigFile_saysWhichAreKnown() throws IOException {
        Path file = file("colour=red\n");

        assertComplaint(
                "config file " + file
                        + " must set host, port, traffic, rate, seed, latency-scale, failures, jvm-metrics,"
                        + " llm-url, llm-provider, llm-model, llm-stream, llm-limit, llm-prices, log, otlp-endpoint,"
                        + " trace-sampling only: sets \"colour\"",
                "--config",
                file.toString());
    }

    @Test
    void parse_badValueInConfigFile_namesTheFile() throws IOException {
        Path file = file("port=eighty\n");

        assertComplaint(
                "config file " + file + " is not valid: port must be a whole number: was \"eighty\"",
                "--config",
                file.toString());
    }

    @Test
    void parse_badEscapeInConfigFile_saysSo() throws IOException {
        Path file = file("host=\\u00zz\n");

        assertComplaint(
                "config file " + file + " is not a properties file: Malformed \\uxxxx encoding.",
                "--config",
                file.toString());
    }

    @Test
    void parse_binaryConfigFile_saysSo() throws IOException {
        Path file = directory.resolve("binary.properties");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertComplaint("config file " + file + " is not a text file in UTF-8", "--config", file.toString());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("service.properties"), text);
    }

    private static void assertComplaint(String message, String... args) {
        assertThatThrownBy(() -> CommandLine.parse(args))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
