package io.loom.metrics.prometheus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void parse_nothing_hasTheDefaults() {
        Arguments arguments = Arguments.parse();

        assertThat(arguments.rounds()).isEqualTo(3);
        assertThat(arguments.threads()).containsExactly(1, 2);
        assertThat(arguments.quick()).isFalse();
    }

    @Test
    void parse_quickAndRounds_keepsTheRounds() {
        Arguments arguments = Arguments.parse("--rounds", "2", "--quick", "--out", "r.json", "--threads", "1,16");

        assertThat(arguments.rounds()).isEqualTo(2);
        assertThat(arguments.out()).isEqualTo(Path.of("r.json"));
        assertThat(arguments.threads()).isEqualTo(List.of(1, 16));
        assertThat(arguments.measurements()).isEqualTo(1);
    }

    @Test
    void parse_badNumber_namesOptionAndValue() {
        assertRefused("--rounds must be a whole number from 1 to 999999: was 0", "--rounds", "0");
    }

    @Test
    void parse_badPattern_saysWhere() {
        assertRefused("--include must be a regular expression: Unclosed group in (", "--include", "(");
    }

    @Test
    void parse_unknownOption_namesIt() {
        assertRefused("unknown option: --fast", "--fast");
    }

    @Test
    void parse_noValue_namesTheOption() {
        assertRefused("--out needs a value", "--out");
    }

    private static void assertRefused(String message, String... words) {
        assertThatThrownBy(() -> Arguments.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
