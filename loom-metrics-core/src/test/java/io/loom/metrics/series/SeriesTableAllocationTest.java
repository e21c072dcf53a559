package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Allocations;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class SeriesTableAllocationTest {
    private final String a = copy("a");
    private final String b = copy("b");
    private final String c = copy("c");
    private final String d = copy("d");

    @Test
    void get_knownValues_allocatesNothing() {
        SeriesTable<Series> none = table(0);
        SeriesTable<Series> one = table(1);
        SeriesTable<Series> two = table(2);
        SeriesTable<Series> three = table(3);
        SeriesTable<Series> four = table(4);

        assertThat(Allocations.bytesOf(() -> none.get())).isZero();
        assertThat(Allocations.bytesOf(() -> one.get("a"))).isZero();
        assertThat(Allocations.bytesOf(() -> two.get("a", "b"))).isZero();
        assertThat(Allocations.bytesOf(() -> three.get("a", "b", "c"))).isZero();
        assertThat(Allocations.bytesOf(() -> four.get("a", "b", "c", "d"))).isZero();
    }

    @Test
    void get_equalButNotIdenticalValues_allocatesNothing() {
        SeriesTable<Series> one = table(1);
        SeriesTable<Series> four = table(4);
        one.get("a");
        four.get("a", "b", "c", "d");

        assertThat(Allocations.bytesOf(() -> one.get(a))).isZero();
        assertThat(Allocations.bytesOf(() -> four.get(a, b, c, d))).isZero();
    }

    @Test
    void getByLast_knownValues_allocatesNothing() {
        SeriesTable<Series> table = SeriesTable.byLast(
                Collections.nCopies(2, LabelGate.closed()), SeriesLimit.none(), new RecordingFactory());
        table.getByLast("a", "b");

        assertThat(Allocations.bytesOf(() -> table.getByLast("a", "b"))).isZero();
        assertThat(Allocations.bytesOf(() -> table.getByLast(a, b))).isZero();
    }

    @Test
    void get_unknownValues_isSeenToAllocate() {
        SeriesTable<Series> one = table(1);

        assertThat(Allocations.bytesOf(() -> one.get((String) null)))
                .as("the gate's arrays")
                .isPositive();
    }

    private static SeriesTable<Series> table(int labels) {
        return new SeriesTable<>(
                Collections.nCopies(labels, LabelGate.closed()), SeriesLimit.none(), new RecordingFactory());
    }

    @SuppressWarnings("StringOperationCanBeSimplified")
    private static String copy(String value) {
        return new String(value);
    }
}
