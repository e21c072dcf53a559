package io.loom.metrics.series;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a label value passes before it may name a series: its own normal form, the rules of {@link LabelValues}, and the budget
 * of its label. Thread-safe; admitting an admitted value again gives the same value.
 */
public final class LabelGate {
    private final UnaryOperator<@Nullable String> normalForm;
    private final Set<String> known;
    private final @Nullable ValueBudget budget;
    private final Runnable onOverflow;
    private volatile boolean overflowed;

    private LabelGate(
            UnaryOperator<@Nullable String> normalForm,
            Set<String> known,
            @Nullable ValueBudget budget,
            Runnable onOverflow) {
        this.normalForm = normalForm;
        this.known = known;
        this.budget = budget;
        this.onOverflow = onOverflow;
    }

    /** {@return a gate for a label whose values are few by nature} */
    public static LabelGate closed() {
        return closed(value -> value);
    }

    /** {@return a gate for a label whose {@code normalForm} has few values} */
    public static LabelGate closed(UnaryOperator<@Nullable String> normalForm) {
        return new LabelGate(normalForm, Set.of(), null, () -> {});
    }

    /**
     * {@return a gate for a label whose values come from outside}
     *
     * @param normalForm applied first; gets null for null
     * @param known values that cost nothing
     * @param limit the number of other distinct values; those beyond it become {@code other}
     * @param onOverflow runs for each value that became {@code other}; must not throw
     */
    public static LabelGate open(
            UnaryOperator<@Nullable String> normalForm, Set<String> known, int limit, Runnable onOverflow) {
        return new LabelGate(normalForm, known, new ValueBudget(limit), onOverflow);
    }

    /**
     * {@return a gate for a label of another table, whose values have passed this one} They cost nothing a second time; what it
     * folds it counts for itself.
     *
     * @param onFold runs for each value that became {@code other}; must not throw
     */
    public LabelGate ofAnotherTable(Runnable onFold) {
        return new LabelGate(value -> value, known, budget, onFold);
    }

    /** {@return whether values come from outside, so that the label may be folded} */
    boolean isOpen() {
        return budget != null;
    }

    /** {@return whether a value was ever refused, so that filters on the label are not exact any more} */
    boolean isOverBudget() {
        return budget != null && budget.refusedMagnitude() > 0;
    }

    /**
     * {@return how much the label is asked for, only to be compared} What counts most is how many distinct values were refused,
     * by order of magnitude; then whether a value was ever folded, so that the label whose filters are lost already stays the
     * one to fold; then how many distinct values there are, which is exact where none was refused. It never falls.
     */
    long demand() {
        if (budget == null) {
            return 0;
        }
        long folded = overflowed ? 1L << 31 : 0;
        return (long) budget.refusedMagnitude() << 32 | folded | budget.spent();
    }

    /** {@return {@code other}, counting that a value became it} */
    String fold(String value) {
        if (!value.equals(LabelValues.OTHER)) {
            if (!overflowed) {
                overflowed = true;
            }
            onOverflow.run();
        }
        return LabelValues.OTHER;
    }

    String admit(@Nullable String raw) {
        String value = LabelValues.sanitise(normalForm.apply(raw));
        if (budget == null || value.equals(LabelValues.OTHER) || known.contains(value) || budget.admits(value)) {
            return value;
        }
        return fold(value);
    }
}
