package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.Interleavings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
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
        return Interleavings.of(2)
                .actorsBefore(1)
                .iterations(8)
                .invocationsPerIteration(80)
                .sequentialSpecification(Faultless.class)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(FamilyType.class.getName())
                        .allMethods()
                        .ignore())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                name -> name.startsWith(ConcurrentSkipListMap.class.getName()))
                        .allMethods()
                        .treatAsAtomic()); // its own steps hang on chance, which could not be replayed
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

    public static class Walked extends CheckedWalks {
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
    public static class PutBack extends CheckedWalks {
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
    public static class CutFirst extends CheckedWalks {
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
