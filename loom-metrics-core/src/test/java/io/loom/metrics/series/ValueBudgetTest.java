package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ValueBudgetTest {
    @Test
    void admits_valuesWithinTheLimit_areAdmittedForEver() {
        ValueBudget budget = new ValueBudget(2);

        assertThat(budget.admits("a")).isTrue();
        assertThat(budget.admits("b")).isTrue();
        assertThat(budget.admits("c")).isFalse();
        assertThat(budget.admits("a")).isTrue();
        assertThat(budget.admits("b")).isTrue();
    }

    @Test
    void admits_knownValueAgain_spendsNothing() {
        ValueBudget budget = new ValueBudget(2);
        budget.admits("a");
        budget.admits("a");

        assertThat(budget.admits("b")).isTrue();
    }

    @Test
    void spent_sameValueTwice_countsOnce() {
        ValueBudget budget = new ValueBudget(7);
        budget.admits("a");
        budget.admits("a");
        budget.admits("b");

        assertThat(budget.spent()).isEqualTo(2);
    }

    @Test
    void admits_eightThreadsWithTheirOwnValues_admitsExactlyTheLimit() throws Exception {
        ValueBudget budget = new ValueBudget(100_000);

        List<Integer> admitted = Rivals.race(thread -> {
            int count = 0;
            for (int i = 0; i < 25_000; i++) {
                count += budget.admits(thread + ":" + i) ? 1 : 0;
            }
            return count;
        });

        assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100_000);
    }

    @Test
    void admits_eightThreadsWithTheSameValues_neverAdmitsMoreThanTheLimit() throws Exception {
        for (int round = 0; round < 50; round++) {
            ValueBudget budget = new ValueBudget(20);
            Set<String> admitted = ConcurrentHashMap.newKeySet();

            Rivals.race(thread -> {
                for (int i = 0; i < 100; i++) {
                    String value = "v" + (i * (thread + 1)) % 40;
                    if (budget.admits(value)) {
                        admitted.add(value);
                    }
                }
                return null;
            });

            assertThat(admitted).hasSize(20).allMatch(budget::admits);
            assertThat(budget.admits("new")).isFalse();
        }
    }
}
