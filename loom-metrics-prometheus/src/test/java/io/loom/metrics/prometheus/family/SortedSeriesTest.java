package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedSeriesTest {
    private static final int OPERATIONS = 5_000;

    @Test
    void set_new_isEmpty() {
        SortedSeries series = new SortedSeries(2);

        assertThat(series.isEmpty()).isTrue();
        assertThat(series.any()).isNull();
        assertThat(series.find(new byte[] {1})).isNull();
        assertThat(walked(series)).isEmpty();
    }

    @Test
    void remove_anotherWithTheSameLabels_staysThere() {
        SortedSeries series = new SortedSeries(2);
        Samples first = new Labelled(new byte[] {1});
        Samples second = new Labelled(new byte[] {1});
        series.put(first);
        series.put(second);

        series.remove(first);

        assertThat(series.find(new byte[] {1})).isSameAs(second);
        assertThat(walked(series)).containsExactly(second);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, SortedSeries.LEAF})
    void set_randomOperations_isThatOfASortedMap(int leafSize) {
        SortedSeries series = new SortedSeries(leafSize);
        TreeMap<byte[], Samples> expected = new TreeMap<>(Arrays::compareUnsigned);
        Random random = new Random(leafSize);
        for (int i = 0; i < OPERATIONS; i++) {
            byte[] labels = labels(random);
            if (random.nextInt(5) < 3) {
                Samples added = new Labelled(labels);
                series.put(added);
                expected.put(labels, added);
            } else if (expected.containsKey(labels)) {
                series.remove(expected.remove(labels));
            }
            assertThat(series.find(labels)).isSameAs(expected.get(labels));
            assertThat(series.isEmpty()).isEqualTo(expected.isEmpty());
            if (i % 50 == 0) {
                assertThat(walked(series)).containsExactlyElementsOf(expected.values());
            }
        }
        new ArrayList<>(expected.values()).forEach(series::remove);
        assertThat(series.isEmpty()).isTrue();
    }

    @Test
    void firstAfter_leafThatWasSplitMeanwhile_skipsWhatWasShown() {
        Samples[] upper = {new Labelled(new byte[] {3}), new Labelled(new byte[] {5}), new Labelled(new byte[] {7})};

        assertThat(SortedSeries.firstAfter(upper, null)).isZero();
        assertThat(SortedSeries.firstAfter(upper, new byte[] {2})).isZero();
        assertThat(SortedSeries.firstAfter(upper, new byte[] {3})).isOne();
        assertThat(SortedSeries.firstAfter(upper, new byte[] {4})).isOne();
        assertThat(SortedSeries.firstAfter(upper, new byte[] {7})).isEqualTo(3);
        assertThat(SortedSeries.firstAfter(upper, new byte[] {9})).isEqualTo(3);
    }

    /** Few, so that they meet; of several lengths, and the empty ones of a series without labels among them. */
    private static byte[] labels(Random random) {
        byte[] labels = new byte[random.nextInt(3)];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (random.nextInt(24) * 11);
        }
        return labels;
    }

    private static List<Samples> walked(SortedSeries series) {
        List<Samples> walked = new ArrayList<>();
        byte[] last = null;
        for (Samples[] leaf : series.leaves()) {
            for (int i = SortedSeries.firstAfter(leaf, last); i < leaf.length; i++) {
                walked.add(leaf[i]);
                last = leaf[i].labels();
            }
        }
        return walked;
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Labelled(byte[] labels) implements Samples {
        @Override
        public Family family() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object owner() {
            return "owner";
        }

        @Override
        public void visit(SampleVisitor visitor) {}
    }
}
