package io.loom.metrics.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
 * <pre>
 *   buckets ──► [0] ──► Entry ──► Entry          a bucket is an immutable chain; inserting swaps its head
 *               [1] ──► Frozen ──► Entry         growing first freezes each bucket by a marker at its head,
 *               [2]                              copies the chains, then swaps the array; whoever meets a
 *                                                marker does the same work and the first to finish wins
 * </pre>
 *
 * @param <S> what the label values stand for
 */
public final class SeriesTable<S> {
    private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(Entry[].class);
    private static final VarHandle BUCKETS;
    private static final int FROZEN = -1;
    private static final int INITIAL_BUCKETS = 16;

    static {
        try {
            BUCKETS = MethodHandles.lookup().findVarHandle(SeriesTable.class, "buckets", Entry[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final List<LabelGate> gates;
    private final SeriesLimit limit;
    private final Factory<S> factory;
    private final AtomicInteger size = new AtomicInteger();
    private volatile Entry<S>[] buckets = newBuckets(INITIAL_BUCKETS);

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
        Entry<S> only = head(0);
        return only != null && only.hash != FROZEN ? only.series : admit();
    }

    /** {@return the series of one label value} */
    public S get(@Nullable String a) {
        if (a != null) {
            int hash = spread(a.hashCode());
            for (Entry<S> e = head(hash); e != null; e = e.next) {
                if (e.hash == hash && same(a, e.values[0])) {
                    return e.series;
                }
            }
        }
        return admit(a);
    }

    /** {@return the series of two label values} */
    public S get(@Nullable String a, @Nullable String b) {
        if (a != null && b != null) {
            int hash = spread(31 * a.hashCode() + b.hashCode());
            for (Entry<S> e = head(hash); e != null; e = e.next) {
                if (e.hash == hash && same(a, e.values[0]) && same(b, e.values[1])) {
                    return e.series;
                }
            }
        }
        return admit(a, b);
    }

    /** {@return the series of three label values} */
    public S get(@Nullable String a, @Nullable String b, @Nullable String c) {
        if (a != null && b != null && c != null) {
            int hash = spread(31 * (31 * a.hashCode() + b.hashCode()) + c.hashCode());
            for (Entry<S> e = head(hash); e != null; e = e.next) {
                if (e.hash == hash && same(a, e.values[0]) && same(b, e.values[1]) && same(c, e.values[2])) {
                    return e.series;
                }
            }
        }
        return admit(a, b, c);
    }

    /** {@return the series of four label values} */
    public S get(@Nullable String a, @Nullable String b, @Nullable String c, @Nullable String d) {
        if (a != null && b != null && c != null && d != null) {
            int hash = spread(31 * (31 * (31 * a.hashCode() + b.hashCode()) + c.hashCode()) + d.hashCode());
            for (Entry<S> e = head(hash); e != null; e = e.next) {
                if (e.hash == hash
                        && same(a, e.values[0])
                        && same(b, e.values[1])
                        && same(c, e.values[2])
                        && same(d, e.values[3])) {
                    return e.series;
                }
            }
        }
        return admit(a, b, c, d);
    }

    /** {@return the series of any number of label values, as many as the table has labels} */
    public S getAll(@Nullable String... values) {
        if (values.length == gates.size() && noneNull(values)) {
            Entry<S> known = find(values);
            if (known != null) {
                return known.series;
            }
        }
        return admit(values);
    }

    /** {@return the number of series} */
    public int size() {
        return size.get();
    }

    /** Passes every series to {@code action}, in no order. Weakly consistent: series that are inserted meanwhile may be missing. */
    public void forEach(Consumer<? super S> action) {
        Entry<S>[] table = buckets;
        for (int i = 0; i < table.length; i++) {
            for (Entry<S> e = headAcquire(table, i); e != null; e = e.next) {
                if (e.hash != FROZEN) {
                    action.accept(e.series);
                }
            }
        }
    }

    private S admit(@Nullable String... raw) {
        String[] values = new String[gates.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = gates.get(i).admit(i < raw.length ? raw[i] : null);
        }
        Entry<S> known = find(values);
        if (known != null) {
            return known.series;
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
            Entry<S> known = find(values);
            if (known != null) {
                return known.series;
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
    @SuppressWarnings("ReferenceEquality") // whose entry it is, is the question
    private S insert(String[] values, Runnable giveBack) {
        Entry<S> entry = insertIfAbsent(values, hashOf(values));
        if (entry.values != values) {
            giveBack.run();
        }
        return entry.series;
    }

    private Entry<S> insertIfAbsent(String[] values, int hash) {
        S candidate = null;
        while (true) {
            Entry<S>[] table = buckets;
            int index = hash & (table.length - 1);
            Entry<S> head = headAcquire(table, index);
            Entry<S> known = find(head, values, hash);
            if (known != null) {
                return known;
            }
            if (head != null && head.hash == FROZEN) {
                grow(table);
                continue;
            }
            if (candidate == null) {
                candidate = factory.create(values.clone());
            }
            Entry<S> fresh = new Entry<>(hash, values, candidate, head);
            if (BUCKET.compareAndSet(table, index, head, fresh)) {
                factory.published(candidate, values.clone());
                if (size.incrementAndGet() > table.length) {
                    grow(table);
                }
                return fresh;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // which array it is, is the question
    private void grow(Entry<S>[] from) {
        if (buckets != from) {
            return;
        }
        Entry<S>[] to = newBuckets(from.length * 2);
        for (int i = 0; i < from.length; i++) {
            for (Entry<S> e = freeze(from, i); e != null; e = e.next) {
                int index = e.hash & (to.length - 1);
                to[index] = new Entry<>(e.hash, e.values, e.series, to[index]);
            }
        }
        BUCKETS.compareAndSet(this, from, to);
    }

    /** Marks a bucket so that nothing can be inserted into it any more, and returns its chain. */
    private static <S> @Nullable Entry<S> freeze(Entry<S>[] table, int index) {
        while (true) {
            Entry<S> head = headAcquire(table, index);
            if (head != null && head.hash == FROZEN) {
                return head.next;
            }
            if (BUCKET.compareAndSet(table, index, head, Entry.frozen(head))) {
                return head;
            }
        }
    }

    private @Nullable Entry<S> find(String[] values) {
        int hash = hashOf(values);
        return find(head(hash), values, hash);
    }

    private static <S> @Nullable Entry<S> find(@Nullable Entry<S> head, String[] values, int hash) {
        for (Entry<S> e = head; e != null; e = e.next) {
            if (e.hash == hash && Arrays.equals(values, e.values)) {
                return e;
            }
        }
        return null;
    }

    private @Nullable Entry<S> head(int hash) {
        Entry<S>[] table = buckets;
        return headAcquire(table, hash & (table.length - 1));
    }

    @SuppressWarnings("unchecked")
    private static <S> @Nullable Entry<S> headAcquire(Entry<S>[] table, int index) {
        return (Entry<S>) BUCKET.getAcquire(table, index);
    }

    private static boolean noneNull(@Nullable String... values) {
        for (String value : values) {
            if (value == null) {
                return false;
            }
        }
        return true;
    }

    /** Must agree with the unrolled hashes of the {@code get} methods. */
    private static int hashOf(String[] values) {
        int hash = 0;
        for (String value : values) {
            hash = 31 * hash + value.hashCode();
        }
        return spread(hash);
    }

    /** Folds the high bits in and clears the sign, which marks a frozen bucket. */
    private static int spread(int hash) {
        return (hash ^ (hash >>> 16)) & Integer.MAX_VALUE;
    }

    @SuppressWarnings("ReferenceEquality") // spares most calls of equals
    private static boolean same(String given, String known) {
        return given == known || given.equals(known);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> Entry<S>[] newBuckets(int length) {
        return new Entry[length];
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

    private static final class Entry<S> {
        final int hash;
        final String[] values;
        final S series;
        final @Nullable Entry<S> next;

        Entry(int hash, String[] values, S series, @Nullable Entry<S> next) {
            this.hash = hash;
            this.values = values;
            this.series = series;
            this.next = next;
        }

        /** The marker's series is never read: no hash of values is negative. */
        @SuppressWarnings("NullAway")
        static <S> Entry<S> frozen(@Nullable Entry<S> chain) {
            return new Entry<>(FROZEN, new String[0], null, chain);
        }
    }
}
