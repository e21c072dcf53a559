package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.OddText;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LabelGateTest {
    private final AtomicInteger overflows = new AtomicInteger();

    @Test
    void admit_closedGate_onlySanitises() {
        LabelGate gate = LabelGate.closed();

        assertThat(gate.admit("GET")).isEqualTo("GET");
        assertThat(gate.admit(null)).isEqualTo("unknown");
        assertThat(gate.admit("\uD800")).isEqualTo("\uFFFD");
    }

    @Test
    void admit_normalForm_runsFirstAndGetsNullForNull() {
        LabelGate gate = LabelGate.closed(value -> value == null ? " " : value.replace('x', '\uD800'));

        assertThat(gate.admit(null)).isEqualTo("unknown");
        assertThat(gate.admit("axb")).isEqualTo("a\uFFFDb");
    }

    @Test
    void admit_normalFormOfNull_isUnknown() {
        assertThat(LabelGate.closed(value -> null).admit("a")).isEqualTo("unknown");
    }

    @Test
    void admit_beyondTheBudget_becomesOtherAndTellsEachTime() {
        LabelGate gate = openGate(2);

        assertThat(gate.admit("a")).isEqualTo("a");
        assertThat(gate.admit("b")).isEqualTo("b");
        assertThat(overflows).hasValue(0);

        assertThat(gate.admit("c")).isEqualTo("other");
        assertThat(gate.admit("c")).isEqualTo("other");
        assertThat(overflows).hasValue(2);

        assertThat(gate.admit("a")).isEqualTo("a");
        assertThat(overflows).hasValue(2);
    }

    @Test
    void admit_other_costsNoBudgetAndIsNoOverflow() {
        LabelGate gate = openGate(1);

        assertThat(gate.admit("other")).isEqualTo("other");
        assertThat(gate.admit("a")).isEqualTo("a");
        assertThat(gate.admit("other")).isEqualTo("other");
        assertThat(overflows).hasValue(0);
    }

    @Test
    void admit_spellingsOfOneNormalForm_costOneValue() {
        LabelGate gate = LabelGate.open(EndpointTemplate::of, Set.of(), 1, overflows::incrementAndGet);

        for (int id = 0; id < 100; id++) {
            assertThat(gate.admit("/stories/" + id)).isEqualTo("/stories/{id}");
        }
        assertThat(overflows).hasValue(0);
    }

    @Test
    void admit_admittedValue_givesTheSameValue() {
        LabelGate gate = openGate(500);
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            String admitted = gate.admit(OddText.next(random, 60));

            assertThat(gate.admit(admitted)).isEqualTo(admitted);
        }
        assertThat(overflows).hasPositiveValue();
    }

    @Test
    void demand_isOfRefusedValuesThenOfFoldedOnesThenOfAll() {
        LabelGate closed = LabelGate.closed();
        closed.admit("a");
        LabelGate many = openGate(9);
        many.admit("a");
        many.admit("b");
        LabelGate folded = openGate(9);
        folded.fold(folded.admit("a"));
        LabelGate refused = openGate(1);
        refused.admit("a");
        refused.admit("b");
        LabelGate flooded = openGate(1);
        for (int i = 0; i < 1_000; i++) {
            flooded.admit("v" + i);
        }

        assertThat(List.of(closed.demand(), openGate(9).demand(), many.demand(), folded.demand(), refused.demand()))
                .isSorted()
                .startsWith(0L, 0L, 2L);
        assertThat(folded.demand()).isGreaterThan(many.demand());
        assertThat(refused.demand()).isGreaterThan(folded.demand());
        assertThat(flooded.demand()).isGreaterThan(refused.demand());
    }

    @Test
    void isOverBudget_onlyWhereAValueWasRefused() {
        LabelGate gate = openGate(1);
        gate.fold(gate.admit("a"));
        assertThat(gate.isOverBudget()).isFalse();

        gate.admit("b");
        assertThat(gate.isOverBudget()).isTrue();
        assertThat(LabelGate.closed().isOverBudget()).isFalse();
    }

    @Test
    void ofAnotherTable_sharesTheBudgetAndCountsItsOwnFolds() {
        LabelGate first = openGate(1);
        first.admit("a");
        AtomicInteger folds = new AtomicInteger();
        LabelGate other = first.ofAnotherTable(folds::incrementAndGet);

        assertThat(other.isOpen()).isTrue();
        assertThat(other.admit("a")).isEqualTo("a");
        assertThat(other.admit("b")).isEqualTo("other");
        assertThat(folds).hasValue(1);
        assertThat(overflows).hasValue(0);
    }

    private LabelGate openGate(int limit) {
        return LabelGate.open(value -> value, Set.of(), limit, overflows::incrementAndGet);
    }
}
