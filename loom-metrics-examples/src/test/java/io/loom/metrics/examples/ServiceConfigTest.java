package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceConfigTest {
    @Test
    void of_nothing_isTheDefaults() {
        assertThat(ServiceConfig.of(Map.of())).isEqualTo(new ServiceConfig("127.0.0.1", 8000, false, 20, 1, 1, true));
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
                JVM_METRICS   | ''    | jvm-metrics must be true or false: was ""
                """)
    void of_badText_tellsSettingRuleAndValue(Setting setting, String text, String message) {
        assertThatThrownBy(() -> ServiceConfig.of(Map.of(setting, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isEqualToIgnoringWhitespace(message);
    }
}
