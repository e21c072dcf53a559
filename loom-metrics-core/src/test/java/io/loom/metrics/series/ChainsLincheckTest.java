package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.testing.Interleavings;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Interleavings of look-ups, insertions, growth and walks. The tables begin with one bucket and one series in it, so that every
 * further one makes them grow.
 *
 * <p>Each series counts its touches: rivals that were given different series for one key would both be its first. There is no
 * AssertJ where Lincheck controls the threads: it asks everything that it meets for {@code equals}, which AssertJ forbids.
 */
@SuppressWarnings("EnumOrdinal") // the keys are few and stay
class ChainsLincheckTest {
    @Test
    void putIfAbsent_whileGrowing_isLinearizable() {
        options().sequentialSpecification(Touches.class).check(Pairs.class);
    }

    @Test
    void forEach_whileGrowing_showsOnceWhatWasInsertedBefore() {
        options()
                .actorsPerThread(2)
                .iterations(4)
                .sequentialSpecification(Faultless.class)
                .check(Walked.class);
    }

    @Test
    void putIfAbsent_bucketCopiedWithoutFreezing_isFoundToLoseAnInsertion() {
        assertThatThrownBy(
                        () -> options().sequentialSpecification(Touches.class).check(Unfrozen.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2).actorsPerThread(1).iterations(8).invocationsPerIteration(80);
    }

    /** The first two have the same hash. */
    public enum Key {
        Aa,
        BB,
        c
    }

    private static Chains<Series> chains() {
        Chains<Series> chains = Chains.ofAll(1);
        chains.putIfAbsent(new String[] {"first"}, new Series("first"));
        return chains;
    }

    private static Series get(Chains<Series> chains, Key key) {
        Series known = chains.find(key.name());
        if (known != null) {
            return known;
        }
        Series fresh = new Series(key.name());
        Series rival = chains.putIfAbsent(new String[] {key.name()}, fresh);
        return rival != null ? rival : fresh;
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static final class Series {
        final String value;
        private final AtomicInteger touches = new AtomicInteger();

        Series(String value) {
            this.value = value;
        }

        int touch() {
            return touches.incrementAndGet();
        }
    }

    /** What the tables must look like from outside. */
    public static class Touches {
        private final int[] touches = new int[Key.values().length];

        public int get(Key key) {
            return ++touches[key.ordinal()];
        }
    }

    public static class Pairs {
        private final Chains<Series> chains = chains();

        @Operation
        public int get(Key key) {
            return ChainsLincheckTest.get(chains, key).touch();
        }

        @Validate
        public void sizeIsWhatIsThere() {
            int[] shown = new int[1];
            chains.forEach(series -> shown[0]++);
            check(chains.size() == shown[0], "size differs from what is there");
        }
    }

    /** The specification of operations that check themselves. */
    public static class Faultless {
        public void get(Key key) {}

        public void walk() {}
    }

    public static class Walked {
        private final Chains<Series> chains = chains();
        private final AtomicIntegerArray inserted = new AtomicIntegerArray(Key.values().length);

        @Operation(nonParallelGroup = "insertion")
        public void get(Key key) {
            ChainsLincheckTest.get(chains, key);
            inserted.set(key.ordinal(), 1);
        }

        @Operation(nonParallelGroup = "walker")
        public void walk() {
            int[] before = inserted();
            check(chains.size() > sum(before), "a series was not counted");
            int[] shown = new int[before.length];
            int[] first = new int[1];
            chains.forEach(series -> {
                if (series.value.equals("first")) {
                    first[0]++;
                } else {
                    shown[Key.valueOf(series.value).ordinal()]++;
                }
            });
            check(first[0] == 1, "the first series was not shown once");
            for (int i = 0; i < shown.length; i++) {
                check(shown[i] >= before[i] && shown[i] <= 1, "a series was not shown once");
            }
        }

        private int[] inserted() {
            int[] keys = new int[inserted.length()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = inserted.get(i);
            }
            return keys;
        }

        private static int sum(int[] keys) {
            int sum = 0;
            for (int each : keys) {
                sum += each;
            }
            return sum;
        }
    }

    /** The weakened twin: growing copies a bucket that rivals may still insert into. */
    public static class Unfrozen {
        private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(Entry[].class);

        private volatile Entry[] buckets = new Entry[1];

        @Operation
        public int get(Key key) {
            while (true) {
                Entry[] table = buckets;
                Entry head = (Entry) BUCKET.getAcquire(table, 0);
                for (Entry entry = head; entry != null; entry = entry.next) {
                    if (entry.key == key) {
                        return entry.series.touch();
                    }
                }
                Entry fresh = new Entry(key, head);
                if (BUCKET.compareAndSet(table, 0, head, fresh)) {
                    grow(table);
                    return fresh.series.touch();
                }
            }
        }

        private void grow(Entry[] from) {
            Entry[] to = new Entry[from.length + 1];
            to[0] = (Entry) BUCKET.getAcquire(from, 0);
            buckets = to;
        }

        private static final class Entry {
            final Key key;
            final Series series;
            final Entry next;

            Entry(Key key, Entry next) {
                this.key = key;
                this.series = new Series(key.name());
                this.next = next;
            }
        }
    }
}
