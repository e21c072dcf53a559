package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.cell.HistogramCell;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Interleavings of walks with one thread that adds and removes. */
class FamiliesLincheckTest {

    @Test
    void visit_whileSeriesComeAndGo_showsOnceWhatIsThereThroughout() {
        options().check(Walked.class);
    }

    @Test
    void visit_familyPutBackAfterARemoval_isFoundToBeMissed() {
        assertThatThrownBy(() -> options().check(PutBack.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("a lasting series was not shown");
    }

    @Test
    void visit_leafCutBeforeItsUpperHalfAppears_isFoundToBeMissed() {
        assertThatThrownBy(() -> options().iterations(16).check(CutFirst.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("was not shown");
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(2)
                .actorsAfter(1)
                .iterations(8)
                .invocationsPerIteration(80)
                .minimizeFailedScenario(false) // small enough
                .checkObstructionFreedom(true)
                .sequentialSpecification(Faultless.class)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(FamilyType.class.getName())
                        .allMethods()
                        .ignore())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                name -> name.startsWith(ConcurrentSkipListMap.class.getName()))
                        .allMethods()
                        .treatAsAtomic()); // its own steps hang on chance, which could not be replayed
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private record One() implements Samples {
        @Override
        public Object owner() {
            return "a test";
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            visitor.sample(labels, 1L);
        }
    }

    /** The specification of operations that check themselves. */
    public static class Faultless {
        public void change(int index) {}

        public void walk() {}
    }

    /**
     * What walks are checked for, whatever holds the families. A series is a number: its hundreds are the family, the rest is
     * the labels.
     */
    abstract static class Registrations {
        /** Two of a family that has a lasting series between them, and all of another one. */
        private static final int[] PASSING = {101, 103, 201};

        private static final int[] LASTING = {102, 301};
        private static final String[] FAMILIES = {"0", "1", "2", "3"};

        private static final int ABSENT = 0;
        private static final int PRESENT = 2;
        private static final int STATES = 4;

        /** By series, the changes that began and that ended; modulo 4 one of absent, coming, present and going. */
        private final AtomicIntegerArray changes = new AtomicIntegerArray(PASSING.length);

        final void addLasting() {
            for (int series : LASTING) {
                add(family(series), labels(series));
            }
        }

        abstract void add(String family, byte[] labels);

        abstract void remove(String family, byte[] labels);

        abstract void visit(SampleVisitor visitor) throws IOException;

        /** Adds a series that is absent, removes one that is present. */
        @Operation(nonParallelGroup = "registration")
        public void change(@Param(gen = IntGen.class, conf = "0:2") int index) {
            boolean absent = changes.getAndIncrement(index) % STATES == ABSENT;
            if (absent) {
                add(family(PASSING[index]), labels(PASSING[index]));
            } else {
                remove(family(PASSING[index]), labels(PASSING[index]));
            }
            changes.incrementAndGet(index);
        }

        @Operation(nonParallelGroup = "walker")
        public void walk() throws IOException {
            int[] before = changes();
            Walk walk = new Walk();
            visit(walk);
            int[] after = changes();
            for (int series : LASTING) {
                check(walk.shown[series], "a lasting series was not shown");
            }
            for (int i = 0; i < PASSING.length; i++) {
                if (before[i] == after[i] && before[i] % STATES == PRESENT) {
                    check(walk.shown[PASSING[i]], "a series that is there was not shown");
                } else if (before[i] == after[i] && before[i] % STATES == ABSENT) {
                    check(!walk.shown[PASSING[i]], "a series that is not there was shown");
                }
            }
            check(!walk.metAnEmptyFamily, "a family was named that has no series");
        }

        private int[] changes() {
            int[] seen = new int[PASSING.length];
            for (int i = 0; i < seen.length; i++) {
                seen[i] = changes.get(i);
            }
            return seen;
        }

        private static String family(int series) {
            return FAMILIES[series / 100];
        }

        private static byte[] labels(int series) {
            return new byte[] {(byte) (series % 100)};
        }
    }

    /** What a walk shows; in order, and so nothing twice. */
    private static final class Walk implements SampleVisitor {
        final boolean[] shown = new boolean[302];
        boolean metAnEmptyFamily;
        private int family;
        private int last;

        @Override
        public void family(Family met) {
            metAnEmptyFamily |= last / 100 != family;
            family = met.name().charAt(0) - '0';
        }

        @Override
        public void sample(Labels labels, long value) {
            int series = family * 100 + labels.toString().charAt(0);
            check(series > last, "out of order");
            last = series;
            shown[series] = true;
        }

        @Override
        public void sample(Labels labels, double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sampleNanos(Labels labels, long nanos) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void quantile(Labels labels, double quantile, double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void summary(Labels labels, HistogramCell cell) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void summary(Labels labels, long count, double sum) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nowNanos() {
            return 0;
        }
    }

    public static class Walked extends Registrations {
        private final Families families = new Families(false, 1); // each addition splits a leaf

        public Walked() {
            addLasting();
        }

        @Override
        void add(String family, byte[] labels) {
            families.add(family, FamilyType.GAUGE, null, labels, new One());
        }

        @Override
        void remove(String family, byte[] labels) {
            families.find(family, labels).ifPresent(placed -> families.remove(labels, placed));
        }

        @Override
        void visit(SampleVisitor visitor) throws IOException {
            families.visit(visitor);
        }
    }

    /** A weakened twin: a family is away while a series is removed. */
    public static class PutBack extends Registrations {
        private final ConcurrentSkipListMap<String, Family> byName = new ConcurrentSkipListMap<>();

        public PutBack() {
            addLasting();
        }

        @Override
        void add(String name, byte[] labels) {
            Family known = byName.get(name);
            Family family = known != null ? known : new Family(name, FamilyType.GAUGE, SortedSeries.LEAF);
            family.add(labels, new One());
            byName.put(name, family);
        }

        @Override
        void remove(String name, byte[] labels) {
            Family family = byName.remove(name);
            family.find(labels).ifPresent(series -> family.remove(labels, series));
            if (!family.isEmpty()) {
                byName.put(name, family);
            }
        }

        @Override
        void visit(SampleVisitor visitor) throws IOException {
            Labels labels = new Labels();
            for (Family family : byName.values()) {
                family.visit(labels, visitor);
            }
        }
    }

    /** A weakened twin: series in leaves of one, and a leaf that splits is cut before its upper half appears. */
    public static class CutFirst extends Registrations {
        final ConcurrentSkipListMap<Integer, int[]> leaves = new ConcurrentSkipListMap<>();

        public CutFirst() {
            leaves.put(0, new int[0]);
            addLasting();
        }

        @Override
        void add(String family, byte[] labels) {
            int added = number(family, labels);
            int key = leaves.floorKey(added);
            int[] leaf = leaves.get(key);
            if (leaf.length == 0) {
                leaves.put(key, new int[] {added});
            } else {
                int upper = Math.max(leaf[0], added);
                leaves.put(key, new int[] {Math.min(leaf[0], added)});
                leaves.put(upper, new int[] {upper});
            }
        }

        @Override
        void remove(String family, byte[] labels) {
            leaves.put(leaves.floorKey(number(family, labels)), new int[0]);
        }

        @Override
        void visit(SampleVisitor visitor) throws IOException {
            Labels labels = new Labels();
            int last = 0;
            for (int[] leaf : leaves.values()) {
                if (leaf.length > 0 && leaf[0] > last) {
                    if (leaf[0] / 100 != last / 100) {
                        visitor.family(new Family(Integer.toString(leaf[0] / 100), FamilyType.GAUGE, 1));
                    }
                    labels.enter(FrontCoding.encode(List.of(new byte[] {(byte) (leaf[0] % 100)})));
                    labels.next();
                    visitor.sample(labels, 1L);
                    last = leaf[0];
                }
            }
        }

        private static int number(String family, byte[] labels) {
            return (family.charAt(0) - '0') * 100 + labels[0];
        }
    }
}
