package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.testing.Interleavings;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Interleavings of threads that bring the same values, and of threads that bring values of their own. */
class ValueBudgetLincheckTest {
    private static final int LIMIT = 2;
    private static final int VALUES = 3;
    private static final String[][] NAMES = {
        {"a0", "a1", "a2"}, {"b0", "b1", "b2"}, {"c0", "c1", "c2"}, {"d0", "d1", "d2"}
    };

    @Test
    void admits_valuesOfOneThreadEach_isLinearizable() {
        options().sequentialSpecification(Admitted.class).check(OwnValues.class);
    }

    @Test
    void admits_limitCheckedApartFromSpending_isFoundToExceedIt() {
        assertThatThrownBy(
                        () -> options().sequentialSpecification(Admitted.class).check(CheckThenAct.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    @Test
    void admits_rivalsWithTheSameValues_keepsWhatItAdmittedAndSpendsTheWholeBudget() {
        options().sequentialSpecification(Faultless.class).check(RivalValues.class);
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2)
                .iterations(4)
                .invocationsPerIteration(100)
                .checkObstructionFreedom(false); // the set of values locks
    }

    public static class OwnValues {
        private final ValueBudget budget = new ValueBudget(LIMIT);

        @Operation
        public boolean admits(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = "1:2") int value) {
            return budget.admits(NAMES[thread][value]);
        }

        @Operation
        public int spent() {
            return budget.spent();
        }
    }

    public static class Admitted {
        private final Set<String> values = new HashSet<>();

        public boolean admits(int thread, int value) {
            String name = NAMES[thread][value];
            return values.contains(name) || (values.size() < LIMIT && values.add(name));
        }

        public int spent() {
            return values.size();
        }
    }

    /** The weakened twin: two threads may see the same last place. */
    public static class CheckThenAct {
        private final Set<String> values = ConcurrentHashMap.newKeySet();
        private final AtomicInteger spent = new AtomicInteger();

        @Operation
        public boolean admits(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = "1:2") int value) {
            String name = NAMES[thread][value];
            if (values.contains(name)) {
                return true;
            }
            if (spent.get() >= LIMIT) {
                return false;
            }
            spent.incrementAndGet();
            return values.add(name);
        }

        @Operation
        public int spent() {
            return spent.get();
        }
    }

    /** The specification of operations that check themselves. */
    public static class Faultless {
        public void admits(int value) {}
    }

    /** A rival may be refused while another thread brings the same value, so only what is left in the end is exact. */
    @Param(name = "value", gen = IntGen.class, conf = "0:2")
    public static class RivalValues {
        private final ValueBudget budget = new ValueBudget(LIMIT);
        private final AtomicIntegerArray admitted = new AtomicIntegerArray(VALUES);

        @Operation
        public void admits(@Param(name = "value") int value) {
            boolean before = admitted.get(value) == 1;
            if (budget.admits(NAMES[0][value])) {
                admitted.set(value, 1);
            } else if (before) {
                throw new IllegalStateException(value + " was admitted and is refused");
            }
        }

        @Validate
        public void admitsAsManyAsItsLimit() {
            int count = 0;
            for (int value = 0; value < VALUES; value++) {
                count += budget.admits(NAMES[0][value]) ? 1 : 0;
            }
            if (count != LIMIT || budget.spent() != LIMIT) {
                throw new IllegalStateException(count + " values are admitted, " + budget.spent() + " are spent");
            }
        }
    }
}
