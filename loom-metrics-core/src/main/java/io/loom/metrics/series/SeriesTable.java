package io.loom.metrics.series;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The look-up from label values to the series that they name.
 *
 * <p>Thread-safe. Looking up a known series is wait-free and, for up to four labels, allocates nothing; strings are compared
 * by identity before equality, so constants are cheapest. Values that are not known go through the {@link LabelGate} of their
 * label first and are then inserted lock-free. A series is never removed.
 *
 * <p>Rivals that insert the same values may each run {@link Factory#create}; one result is published, and every caller gets
 * that one. {@link Factory#published} then runs once, for the published series alone.
 *
 * <p>Values that are new when the limit is reached fold to {@code other}, label by label, until their series is known or has a
 * place in the reserve. Labels over their budget come first, the one with most refused values (by order of magnitude) before the
 * others; then labels that folded before; then the one with most values; then the first. So a label that stays in its budget
 * folds only after all that are over theirs. The sum over all series is exact, as is the sum for each value of a label that never
 * folded. A label stays unfolded as long as its combinations with the labels after it fit into what of the reserve is left to
 * them, which is half of it at least where two labels of three must fold.
 *
 * @param <S> what the label values stand for
 */
public final class SeriesTable<S> {
    private final List<LabelGate> gates;
    private final int[] open;
    private final SeriesLimit limit;
    private final Factory<S> factory;
    private final Chains<S> chains;

    /**
     * Creates an empty table.
     *
     * @param gates one gate for each label, in the order of the values
     * @param limit how many series there may be
     * @param factory makes the series of values that are new
     */
    public SeriesTable(List<LabelGate> gates, SeriesLimit limit, Factory<S> factory) {
        this(gates, limit, factory, Chains.ofAll(Chains.INITIAL_BUCKETS));
    }

    private SeriesTable(List<LabelGate> gates, SeriesLimit limit, Factory<S> factory, Chains<S> chains) {
        this.gates = List.copyOf(gates);
        this.open = IntStream.range(0, gates.size())
                .filter(i -> gates.get(i).isOpen())
                .toArray();
        this.limit = limit;
        this.factory = factory;
        this.chains = chains;
    }

    /**
     * {@return an empty table for {@link #getByLast}} It has two labels, of which the first must have few values.
     *
     * @param gates one gate for each label, in the order of the values
     * @param limit how many series there may be
     * @param factory makes the series of values that are new
     * @throws IllegalArgumentException where there are not two gates
     */
    public static <S> SeriesTable<S> byLast(List<LabelGate> gates, SeriesLimit limit, Factory<S> factory) {
        if (gates.size() != 2) {
            throw new IllegalArgumentException(
                    "gates of a table by its last label must be 2: were " + gates.size() + ". Use the constructor.");
        }
        return new SeriesTable<>(gates, limit, factory, Chains.byLast(Chains.INITIAL_BUCKETS));
    }

    /** {@return the only series of a table without labels} */
    public S get() {
        S known = chains.find();
        return known != null ? known : admit();
    }

    /** {@return the series of one label value} */
    public S get(@Nullable String a) {
        S known = a == null ? null : chains.find(a);
        return known != null ? known : admit(a);
    }

    /** {@return the series of two label values} */
    public S get(@Nullable String a, @Nullable String b) {
        S known = a == null || b == null ? null : chains.find(a, b);
        return known != null ? known : admit(a, b);
    }

    /**
     * {@return the series of two label values, in a table that was made by {@link #byLast}} It takes less code than
     * {@link #get(String, String)}. In a table of the other kind either gives the same series, but slowly, by way of the gates.
     */
    public S getByLast(@Nullable String a, @Nullable String b) {
        S known = a == null || b == null ? null : chains.findByLast(a, b);
        return known != null ? known : admit(a, b);
    }

    /** {@return the series of three label values} */
    public S get(@Nullable String a, @Nullable String b, @Nullable String c) {
        S known = a == null || b == null || c == null ? null : chains.find(a, b, c);
        return known != null ? known : admit(a, b, c);
    }

    /** {@return the series of four label values} */
    public S get(@Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d) {
        S known = a == null || b == null || c == null || d == null ? null : chains.find(a, b, c, d);
        return known != null ? known : admit(a, b, c, d);
    }

    /** {@return the series of any number of label values, as many as the table has labels} */
    public S getAll(@Nullable String... values) {
        S known = values.length == gates.size() && noneNull(values) ? chains.find(values) : null;
        return known != null ? known : admit(values);
    }

    /** {@return the number of series} */
    public int size() {
        return chains.size();
    }

    /** Passes every series to {@code action}, in no order. Weakly consistent: series that are inserted meanwhile may be missing. */
    public void forEach(Consumer<? super S> action) {
        chains.forEach(action);
    }

    private S admit(@Nullable String... raw) {
        String[] values = new String[gates.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = gates.get(i).admit(i < raw.length ? raw[i] : null);
        }
        S known = chains.find(values);
        if (known != null) {
            return known;
        }
        return limit.takeWhole() ? insert(values, limit::giveWholeBack) : fold(values);
    }

    /**
     * Makes open labels {@code other}, the one that is asked for most first, until the series is known or there is room for it.
     * Labels that are not reached keep their values, so filters on them stay exact.
     */
    private S fold(String[] values) {
        int[] order = foldOrder();
        for (int folded = 1; folded < order.length; folded++) {
            foldLabel(values, order[folded - 1]);
            S known = chains.find(values);
            if (known != null) {
                return known;
            }
            boolean floodLeft =
                    folded < order.length - 1 && gates.get(order[folded]).isOverBudget();
            if (limit.takePartial(folded, order.length, floodLeft)) {
                return insert(values, limit::givePartialBack);
            }
        }
        if (order.length > 0) {
            foldLabel(values, order[order.length - 1]);
        }
        return insert(values, () -> {}); // only closed labels are left: there is always room
    }

    private void foldLabel(String[] values, int label) {
        values[label] = gates.get(label).fold(values[label]);
    }

    /** {@return the open labels by falling demand, those of the same demand in their own order} They are few: sorted by insertion. */
    private int[] foldOrder() {
        int[] order = open.clone();
        long[] demands = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            int label = order[i];
            long demand = gates.get(label).demand();
            int place = i;
            for (; place > 0 && demands[place - 1] < demand; place--) {
                order[place] = order[place - 1];
                demands[place] = demands[place - 1];
            }
            order[place] = label;
            demands[place] = demand;
        }
        return order;
    }

    /** Inserts a series that has a place, which goes back where a rival had one for the same values. */
    private S insert(String[] values, Runnable giveBack) {
        S candidate;
        try {
            candidate = factory.create(values.clone());
        } catch (VirtualMachineError e) { // whoever asks next makes it
            giveBack.run();
            throw e;
        }
        S rival = chains.putIfAbsent(values, candidate);
        if (rival != null) {
            giveBack.run();
            return rival;
        }
        factory.published(candidate, values.clone());
        return candidate;
    }

    private static boolean noneNull(@Nullable String... values) {
        for (String value : values) {
            if (value == null) {
                return false;
            }
        }
        return true;
    }

    /**
     * Makes series.
     *
     * @param <S> what the label values stand for
     */
    @FunctionalInterface
    public interface Factory<S> {
        /**
         * Makes the series of these values. Must not fail, unless the stack or the memory ends, and must be harmless when its
         * result is thrown away.
         *
         * @param values the admitted values; the callee's own copy
         */
        S create(String[] values);

        /** Runs once for the series that was published. Must not fail. */
        default void published(S series, String[] values) {}
    }
}
