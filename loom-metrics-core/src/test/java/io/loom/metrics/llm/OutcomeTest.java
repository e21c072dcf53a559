package io.loom.metrics.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void label_ofAllOutcomes_isTheContract() {
        assertThat(Outcome.values()).extracting(Outcome::label).containsExactly("success", "error", "cancelled");
    }
}
