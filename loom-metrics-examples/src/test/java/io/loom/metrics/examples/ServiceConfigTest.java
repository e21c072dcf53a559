package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.examples.llm.ChatService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceConfigTest {
    @Test
    void of_nothing_isTheDefaults() {
        assertThat(ServiceConfig.of(Map.of()))
                .isEqualTo(new ServiceConfig(
                        "127.0.0.1",
                        8000,
                        false,
                        20,
                        1,
                        1,
                        0.01,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        LogFormat.TEXT,
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                HOST          | ' '   | host must not be blank: was
                PORT          | -1    | port must be 0 to 65535: was -1
                PORT          | 65536 | port must be 0 to 65535: was 65536
                PORT          | http  | port must be a whole number: was "http"
                TRAFFIC       | yes   | traffic must be true or false: was "yes"
                RATE          | 0     | rate must be more than 0 and at most 1000: was 0.0
                RATE          | NaN   | rate must be more than 0 and at most 1000: was NaN
                RATE          | fast  | rate must be a number: was "fast"
                SEED          | 1.5   | seed must be a whole number: was "1.5"
                LATENCY_SCALE | -1    | latency-scale must be 0 to 100: was -1.0
                FAILURES      | -0.1  | failures must be 0 to 1: was -0.1
                FAILURES      | 1.1   | failures must be 0 to 1: was 1.1
                FAILURES      | NaN   | failures must be 0 to 1: was NaN
                FAILURES      | few   | failures must be a number: was "few"
                JVM_METRICS   | ''    | jvm-metrics must be true or false: was ""
                LOG           | xml   | log must be text or json: was "xml"
                TRACE_SAMPLING | all  | trace-sampling must be a number: was "all"
                TRACE_SAMPLING | 1.1  | trace-sampling must be 0 to 1: was 1.1
                TRACE_SAMPLING | -1   | trace-sampling must be 0 to 1: was -1.0
                TRACE_SAMPLING | NaN  | trace-sampling must be 0 to 1: was NaN
                OTLP_ENDPOINT | jaeger:4318  | otlp-endpoint must be an http or https URL: was "jaeger:4318"
                OTLP_ENDPOINT | http://a b   | otlp-endpoint must be a URL: was "http://a b"
                """)
    void of_badText_tellsSettingRuleAndValue(Setting setting, String text, String message) {
        assertThatThrownBy(() -> ServiceConfig.of(Map.of(setting, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isEqualToIgnoringWhitespace(message);
    }

    @Test
    void of_urlOfAService_describesIt() {
        Map<Setting, String> texts = new EnumMap<>(Map.of(
                Setting.LLM_URL, "http://localhost:11434/v1",
                Setting.LLM_PROVIDER, "ollama",
                Setting.LLM_MODEL, "story-small",
                Setting.LLM_STREAM, "false",
                Setting.LLM_LIMIT, "2.5",
                Setting.LLM_PRICES, "prices.csv"));

        ServiceConfig config = ServiceConfig.of(texts);

        assertThat(config.chat())
                .contains(new ChatService(
                        URI.create("http://localhost:11434/v1"),
                        "ollama",
                        "story-small",
                        false,
                        Duration.ofMillis(2500)));
        assertThat(config.prices()).contains(Path.of("prices.csv"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                LLM_URL      | localhost     | llm-url must be an http or https URL: was "localhost"
                LLM_URL      | //there/      | llm-url must be an http or https URL: was "//there/"
                LLM_URL      | ftp://there/  | llm-url must be an http or https URL: was "ftp://there/"
                LLM_URL      | http://a b    | llm-url must be a URL: was "http://a b"
                LLM_PROVIDER | ' '           | llm-provider must not be blank: was ""
                LLM_MODEL    | ' '           | llm-model must not be blank: was ""
                LLM_STREAM   | maybe         | llm-stream must be true or false: was "maybe"
                LLM_LIMIT    | 0             | llm-limit must be more than 0 and at most 3600 seconds: was 0 ms
                LLM_LIMIT    | 3601          | llm-limit must be more than 0 and at most 3600 seconds: was 3601000 ms
                LLM_LIMIT    | NaN           | llm-limit must be more than 0 and at most 3600 seconds: was 0 ms
                """)
    void of_badTextOfAService_tellsSettingRuleAndValue(Setting setting, String text, String message) {
        Map<Setting, String> texts = new EnumMap<>(Map.of(Setting.LLM_URL, "http://localhost/v1"));
        texts.put(setting, text);

        assertThatThrownBy(() -> ServiceConfig.of(texts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
