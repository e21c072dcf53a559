package io.loom.metrics.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    private final Route plain = new Route("GET", "/health", (exchange, id) -> 200, List.of());
    private final Route variable = new Route("POST", "/stories/{id}/interactions", (exchange, id) -> 200, List.of());

    @Test
    void id_templateWithoutVariable_matchesItsPathOnly() {
        assertThat(plain.id("/health")).contains("");
        assertThat(plain.matches("/health/")).isFalse();
        assertThat(plain.matches("/healthy")).isFalse();
    }

    @Test
    void id_templateWithVariable_isTheSegment() {
        assertThat(variable.id("/stories/42/interactions")).contains("42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/stories//interactions",
                "/stories/interactions",
                "/stories/1/2/interactions",
                "/stories/1",
                "/stories/1/interactions/",
                ""
            })
    void matches_otherPath_isFalse(String path) {
        assertThat(variable.matches(path)).isFalse();
    }

    @Test
    void serves_headOfGet_isTrue() {
        assertThat(plain.serves("GET")).isTrue();
        assertThat(plain.serves("HEAD")).isTrue();
        assertThat(variable.serves("HEAD")).isFalse();
    }
}
