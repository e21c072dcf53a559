package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedTest {
    @Test
    void parse_severalElements_readsValuesParametersAndWeights() {
        assertThat(Weighted.parse("Text/Plain ; Version=0.0.4 ;q=0.5, */*;q=0.1,gzip"))
                .containsExactly(
                        new Weighted("text/plain", Map.of("version", "0.0.4"), 0.5),
                        new Weighted("*/*", Map.of(), 0.1),
                        new Weighted("gzip", Map.of(), 1));
    }

    @Test
    void parse_quotedText_mayHaveSeparators() {
        assertThat(Weighted.parse("a/b;c=\"1,2;\\\"3\";q=0.2,d/e"))
                .containsExactly(new Weighted("a/b", Map.of("c", "1,2;\\\"3"), 0.2), new Weighted("d/e", Map.of(), 1));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ",,;,",
                ";q=1",
                "a/b;q=",
                "a/b;q=x",
                "a/b;q=1.1",
                "a/b;q=-1",
                "a/b;q=0.1234",
                "a/b;q=NaN"
            })
    void parse_nothingOrMalformedElements_areLeftOut(String header) {
        assertThat(Weighted.parse(header)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"q=0, 0", "q=0., 0", "q=0.000, 0", "q=1, 1", "Q=1.000, 1", "q=0.001, 0.001", "q=\"0.5\", 0.5"})
    void parse_weights_areThoseOfTheSpecification(String weight, double expected) {
        assertThat(Weighted.parse("a/b;" + weight)).containsExactly(new Weighted("a/b", Map.of(), expected));
    }

    @Test
    void parse_malformedElement_costsNoOther() {
        assertThat(Weighted.parse("a/b;q=x,c/d;=;e,f/g;\"open"))
                .containsExactly(new Weighted("c/d", Map.of(), 1), new Weighted("f/g", Map.of(), 1));
    }
}
