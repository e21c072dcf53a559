package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegalNameTest {
    @ParameterizedTest
    @CsvSource({
        "a_b:c, a_b:c, a_b_c",
        "with space, with_space, with_space",
        "9lives, _9lives, _9lives",
        "命中, __, __",
        "🐉, _, _",
        "命_name_中, __name__, _name__",
        "'', _, _",
        "a.b-c, a_b_c, a_b_c"
    })
    void name_anyText_isLegal(String name, String metric, String label) {
        assertThat(LegalName.ofMetric(name)).isEqualTo(metric);
        assertThat(LegalName.ofLabel(name)).isEqualTo(label);
    }
}
