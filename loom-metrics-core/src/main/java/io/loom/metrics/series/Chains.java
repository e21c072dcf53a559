package io.loom.metrics.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table from label values to series, which only grows.
 *
 * <p>Thread-safe. Finding is wait-free and allocates nothing. Inserting is lock-free. Strings are compared by
 * {@code equals}, which begins with their identity: to ask for it here, too, made looking up constants an eighth slower.
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
final class Chains<S> {
    static final int INITIAL_BUCKETS = 16;

    private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(Entry[].class);
    private static final VarHandle BUCKETS;
    private static final int FROZEN = -1;

    /**
     * The golden ratio, by which hashes are mixed, and its products with powers of 31, by which hashes are joined. Multiplied out,
     * all products of a hash are taken at the same time.
     */
    private static final int G = 0x9E3779B9;

    private static final int G31 = (int) (31L * G);
    private static final int G31_2 = (int) (31L * G31);
    private static final int G31_3 = (int) (31L * G31_2);

    /** Buckets for each series: the first entry of a chain is nearly always the one that is sought, where all values are hashed. */
    private static final int ROOM = 4;

    static {
        try {
            BUCKETS = MethodHandles.lookup().findVarHandle(Chains.class, "buckets", Entry[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final AtomicInteger size = new AtomicInteger();
    /** Of how many values, from the first, only the length is part of the hash. */
    private final int unhashed;

    private volatile Entry<S>[] buckets;

    private Chains(int buckets, int unhashed) {
        this.buckets = newBuckets(buckets);
        this.unhashed = unhashed;
    }

    /**
     * {@return an empty table}
     *
     * @param buckets how many it begins with, a power of two
     */
    static <S> Chains<S> ofAll(int buckets) {
        return new Chains<>(buckets, 0);
    }

    /**
     * Like {@link #ofAll}, for {@link #findByLast} and an array. The first value must be one of few: those as long as each other share
     * a chain, which growing does not part.
     */
    static <S> Chains<S> byLast(int buckets) {
        return new Chains<>(buckets, 1);
    }

    @Nullable
    S find() {
        for (Entry<S> e = head(0); e != null; e = e.next) {
            if (e.hash == 0) {
                return e.series;
            }
        }
        return null;
    }

    @Nullable
    S find(String a) {
        int hash = fold(G * a.hashCode());
        for (Entry<S> e = head(hash); e != null; e = e.next) {
            if (e.hash == hash && a.equals(e.a)) {
                return e.series;
            }
        }
        return null;
    }

    @Nullable
    S find(String a, String b) {
        int hash = fold(G31 * a.hashCode() + G * b.hashCode());
        for (Entry<S> e = head(hash); e != null; e = e.next) {
            if (e.hash == hash && a.equals(e.a) && b.equals(e.b)) {
                return e.series;
            }
        }
        return null;
    }

    /**
     * Like {@link #find(String, String)}, in a table {@link #byLast}. Hashing a string is a quarter of the code of that, and HotSpot
     * inlines no method that it has compiled by itself before to more than 2,500 bytes.
     */
    @Nullable
    S findByLast(String a, String b) {
        int hash = fold(G31 * a.length() + G * b.hashCode());
        for (Entry<S> e = head(hash); e != null; e = e.next) {
            if (e.hash == hash && a.equals(e.a) && b.equals(e.b)) {
                return e.series;
            }
        }
        return null;
    }

    @Nullable
    S find(String a, String b, String c) {
        int hash = fold(G31_2 * a.hashCode() + G31 * b.hashCode() + G * c.hashCode());
        for (Entry<S> e = head(hash); e != null; e = e.next) {
            if (e.hash == hash && a.equals(e.a) && b.equals(e.b) && c.equals(e.c)) {
                return e.series;
            }
        }
        return null;
    }

    @Nullable
    S find(String a, String b, String c, String d) {
        int hash = fold(G31_3 * a.hashCode() + G31_2 * b.hashCode() + G31 * c.hashCode() + G * d.hashCode());
        for (Entry<S> e = head(hash); e != null; e = e.next) {
            if (e.hash == hash && a.equals(e.a) && b.equals(e.b) && c.equals(e.c) && d.equals(e.d)) {
                return e.series;
            }
        }
        return null;
    }

    @Nullable
    S find(String[] values) {
        int hash = hashOf(values);
        Entry<S> known = find(head(hash), values, hash);
        return known == null ? null : known.series;
    }

    /**
     * Inserts {@code candidate} where no series has these values.
     *
     * @param values not to be changed from now on
     * @return the series that was there, or null if the candidate is there now
     */
    @Nullable
    S putIfAbsent(String[] values, S candidate) {
        int hash = hashOf(values);
        while (true) {
            Entry<S>[] table = buckets;
            int index = hash & (table.length - 1);
            Entry<S> head = headAcquire(table, index);
            Entry<S> known = find(head, values, hash);
            if (known != null) {
                return known.series;
            }
            if (head != null && head.hash == FROZEN) {
                grow(table);
            } else if (BUCKET.compareAndSet(table, index, head, new Entry<>(hash, values, candidate, head))) {
                if (size.incrementAndGet() > table.length / ROOM) {
                    grow(table);
                }
                return null;
            }
        }
    }

    int size() {
        return size.get();
    }

    /** Passes every series to {@code action}, in no order. Weakly consistent: series that are inserted meanwhile may be missing. */
    void forEach(Consumer<? super S> action) {
        Entry<S>[] table = buckets;
        for (int i = 0; i < table.length; i++) {
            for (Entry<S> e = headAcquire(table, i); e != null; e = e.next) {
                if (e.hash != FROZEN) {
                    action.accept(e.series);
                }
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

    /**
     * Must agree with the hashes of {@link #findByLast} in a table {@link #byLast}, and of the other {@code find} methods else, which
     * are the same sum, multiplied out.
     */
    private int hashOf(String[] values) {
        int hash = 0;
        for (int i = 0; i < values.length; i++) {
            hash = 31 * hash + (i < unhashed ? values[i].length() : values[i].hashCode());
        }
        return fold(G * hash);
    }

    /** Folds the high bits in and clears the sign, which marks a frozen bucket. */
    private static int fold(int mixed) {
        return (mixed ^ (mixed >>> 16)) & Integer.MAX_VALUE;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> Entry<S>[] newBuckets(int length) {
        return new Entry[length];
    }

    /** The first values stand in fields of their own as well, one step nearer. */
    private static final class Entry<S> {
        final int hash;
        final @Nullable String a;
        final @Nullable String b;
        final @Nullable String c;
        final @Nullable String d;
        final String[] values;
        final S series;
        final @Nullable Entry<S> next;

        Entry(int hash, String[] values, S series, @Nullable Entry<S> next) {
            this.hash = hash;
            this.a = values.length > 0 ? values[0] : null;
            this.b = values.length > 1 ? values[1] : null;
            this.c = values.length > 2 ? values[2] : null;
            this.d = values.length > 3 ? values[3] : null;
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
