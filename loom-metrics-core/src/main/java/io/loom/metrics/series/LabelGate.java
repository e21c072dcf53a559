package io.loom.metrics.series;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a label value passes before it may name a series: its own normal form, the rules of {@link LabelValues}, and the budget
 * of its label. Thread-safe; admitting an admitted value again gives the same value.
 */
public final class LabelGate {
    private final UnaryOperator<@Nullable String> normalForm;
    private final @Nullable ValueBudget budget;
    private final Runnable onOverflow;

    private LabelGate(UnaryOperator<@Nullable String> normalForm, @Nullable ValueBudget budget, Runnable onOverflow) {
        this.normalForm = normalForm;
        this.budget = budget;
        this.onOverflow = onOverflow;
    }

    /** {@return a gate for a label whose values are few by nature} */
    public static LabelGate closed() {
        return closed(value -> value);
    }

    /** {@return a gate for a label whose {@code normalForm} has few values} */
    public static LabelGate closed(UnaryOperator<@Nullable String> normalForm) {
        return new LabelGate(normalForm, null, () -> {});
    }

    /**
     * {@return a gate for a label whose values come from outside}
     *
     * @param normalForm applied first; gets null for null
     * @param limit the number of distinct values; those beyond it become {@code other}
     * @param onOverflow runs for each value that became {@code other}; must not throw
     */
    public static LabelGate open(UnaryOperator<@Nullable String> normalForm, int limit, Runnable onOverflow) {
        return new LabelGate(normalForm, new ValueBudget(limit), onOverflow);
    }

    String admit(@Nullable String raw) {
        String value = LabelValues.sanitise(normalForm.apply(raw));
        if (budget == null || value.equals(LabelValues.OTHER) || budget.admits(value)) {
            return value;
        }
        onOverflow.run();
        return LabelValues.OTHER;
    }
}
