package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
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
    void refusedMagnitude_nothingRefused_isNone() {
        ValueBudget budget = new ValueBudget(1);
        budget.admits("a");
        budget.admits("a");

        assertThat(budget.refusedMagnitude()).isZero();
    }

    @Test
    void refusedMagnitude_sameValueAgain_standsStill() {
        ValueBudget budget = new ValueBudget(1);
        budget.admits("a");
        budget.admits("b");
        int once = budget.refusedMagnitude();
        for (int i = 0; i < 1_000; i++) {
            budget.admits("b");
        }

        assertThat(budget.refusedMagnitude()).isEqualTo(once).isBetween(1, 2);
    }

    @Test
    void refusedMagnitude_manyValues_isAboutTheirBinaryLogarithm() {
        for (String prefix : List.of("user-", "tenant-", "session/", "")) {
            ValueBudget budget = new ValueBudget(1);
            int last = 0;
            for (int i = 0; i <= 1 << 14; i++) {
                budget.admits(prefix + i);
                int now = budget.refusedMagnitude();
                if (now < last) {
                    throw new AssertionError("it fell: " + now);
                }
                last = now;
                if (i == 1 << 8) {
                    assertThat(last).as(prefix).isBetween(6, 12);
                }
            }
            assertThat(last).as(prefix).isBetween(12, 18);
        }
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

            assertThat(admitted).hasSizeLessThanOrEqualTo(20).allMatch(budget::admits);
            // A value may be refused while two threads pay for another, and one of them is about to be paid back.
            assertThat(IntStream.range(0, 40).mapToObj(i -> "v" + i))
                    .filteredOn(budget::admits)
                    .hasSize(20);
            assertThat(budget.admits("new")).isFalse();
        }
    }
}
