package io.loom.metrics.series;

import java.util.Comparator;
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
 * @param <S> what the label values stand for
 */
public final class SeriesTable<S> {
    private final List<LabelGate> gates;
    private final SeriesLimit limit;
    private final Factory<S> factory;
    private final Chains<S> chains = new Chains<>(Chains.INITIAL_BUCKETS);

    /**
     * Creates an empty table.
     *
     * @param gates one gate for each label, in the order of the values
     * @param limit how many series there may be
     * @param factory makes the series of values that are new
     */
    public SeriesTable(List<LabelGate> gates, SeriesLimit limit, Factory<S> factory) {
        this.gates = List.copyOf(gates);
        this.limit = limit;
        this.factory = factory;
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
     * Makes open labels {@code other}, the one with most distinct values first, until the series is known or there is room for
     * it. Labels that are not reached keep their values, so filters on them stay exact.
     */
    private S fold(String[] values) {
        List<Integer> open = openLabels();
        for (int folded = 1; folded < open.size(); folded++) {
            foldLabel(values, open.get(folded - 1));
            S known = chains.find(values);
            if (known != null) {
                return known;
            }
            if (limit.takePartial(folded, open.size())) {
                return insert(values, limit::givePartialBack);
            }
        }
        if (!open.isEmpty()) {
            foldLabel(values, open.get(open.size() - 1));
        }
        return insert(values, () -> {}); // only closed labels are left: there is always room
    }

    private void foldLabel(String[] values, int label) {
        values[label] = gates.get(label).fold(values[label]);
    }

    private List<Integer> openLabels() {
        return IntStream.range(0, gates.size())
                .filter(i -> gates.get(i).isOpen())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -gates.get(i).distinctValues()))
                .toList();
    }

    /** Inserts a series that has a place, which goes back where a rival had one for the same values. */
    private S insert(String[] values, Runnable giveBack) {
        S candidate = factory.create(values.clone());
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
         * Makes the series of these values. Must not fail, and must be harmless when its result is thrown away.
         *
         * @param values the admitted values; the callee's own copy
         */
        S create(String[] values);

        /** Runs once for the series that was published. Must not fail. */
        default void published(S series, String[] values) {}
    }
}
