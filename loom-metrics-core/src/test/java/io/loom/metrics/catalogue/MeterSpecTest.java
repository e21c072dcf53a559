package io.loom.metrics.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterSpecTest {
    @Test
    void constructor_illegalName_saysTheRuleTheNameAndTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec("9lives"))
                .withMessage("meter name must match [a-z][a-z0-9]*(?:\\.[a-z0-9]+)*: was \"9lives\"."
                        + " Join lower-case words with dots; the unit and _total are added on the wire.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ".", "a.", ".a", "a..b", "A", "a.B", "a_b", "a-b", "a b", "a\n", "é", "a.é", "1", "a:b"
            })
    void constructor_illegalName_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> spec(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a1", "a.1", "a.b.c", "loom.custom.requests", "s3.puts"})
    void constructor_legalName_isKept(String name) {
        assertThat(spec(name).name()).isEqualTo(name);
    }

    @Test
    void constructor_illegalLabelKey_saysMeterRuleAndKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec("a.b", "Kind"))
                .withMessage("label key of meter a.b must match [a-z][a-z0-9_]*: was \"Kind\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "_a", "__name__", "1a", "a-b", "a.b", "é", "a\n"})
    void constructor_illegalLabelKey_isRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> spec("a", key));
    }

    @Test
    void constructor_reservedLabelKey_saysWhyAndTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec("a.b", "le"))
                .withMessage("label key of meter a.b must not be le or quantile: was \"le\"."
                        + " Prometheus gives these a meaning; choose another name.");
        assertThatIllegalArgumentException().isThrownBy(() -> spec("a.b", "quantile"));
        assertThatNoException().isThrownBy(() -> spec("a.b", "lee", "quantiles"));
    }

    @Test
    void constructor_labelKeyTwice_saysAllKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec("a.b", "x", "y", "x"))
                .withMessage("label keys of meter a.b must be distinct: were [x, y, x]");
    }

    @Test
    void constructor_callersListChangedLater_doesNotReachTheSpec() {
        List<String> keys = new ArrayList<>(List.of("x"));
        MeterSpec spec = new MeterSpec("a", MeterKind.COUNTER, null, "Help.", keys, Buckets.NONE);
        keys.add("y");

        assertThat(spec.labelKeys()).containsExactly("x");
    }

    private static MeterSpec spec(String name, String... labelKeys) {
        return new MeterSpec(name, MeterKind.COUNTER, null, "Help.", List.of(labelKeys), Buckets.NONE);
    }
}
