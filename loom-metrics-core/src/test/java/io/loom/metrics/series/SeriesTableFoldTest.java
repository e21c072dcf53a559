package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which labels fold when a table is full, and what stays exact. */
class SeriesTableFoldTest {
    private static final int EVENTS = 12_000;

    private final Random random = new Random(7);
    private final List<AtomicInteger> overflows = new ArrayList<>();

    @Test
    void label_withMoreValuesThanTheFloodedOnesMayHave_staysExact() {
        Flood flood = new Flood(table(1_000, 50, 50, 200), 60, 2);
        for (int i = 0; i < EVENTS; i++) {
            flood.record(i % 60, "u" + random.nextInt(400), "t" + random.nextInt(400), "tier-" + i % 60);
        }

        flood.assertExact();
        assertThat(overflows.get(2)).hasValue(0);
    }

    @Test
    void label_thatSpentItsWholeBudget_staysExactBesideTwoThatAreSlightlyOver() {
        Flood flood = new Flood(table(1_000, 200, 200, 200), 200, 0);
        for (int i = 0; i < EVENTS; i++) {
            flood.record(i % 200, "tier-" + i % 200, "u" + random.nextInt(250), "t" + random.nextInt(250));
        }

        flood.assertExact();
        assertThat(overflows.get(0)).hasValue(0);
    }

    @Test
    void label_besideTwoWhoseCombinationsAreTooMany_staysExact() {
        Flood flood = new Flood(table(1_000, 200, 200, 200), 4, 2);
        for (int i = 0; i < EVENTS; i++) {
            flood.record(i % 4, "u" + random.nextInt(150), "t" + random.nextInt(150), "tier-" + i % 4);
        }

        flood.assertExact();
        assertThat(overflows.get(2)).hasValue(0);
        assertThat(flood.table.size()).isBetween(1_125, 1_129); // half of the reserve keeps a second label
    }

    @Test
    void label_thatFoldedBefore_foldsAgainThoughAnotherHasMoreValuesNow() {
        SeriesTable<Cell> table = table(40, 50, 50);
        for (int i = 0; i < 9 * 5; i++) {
            table.get("u" + i / 5, "t" + i % 5);
        }
        assertThat(overflows.get(0)).hasValue(5);

        for (int i = 5; i < 10; i++) {
            table.get("u0", "t" + i);
        }
        assertThat(table.get("u0", "t9").values).containsExactly("other", "t9");
        assertThat(overflows.get(1)).as("ten tenants, nine users").hasValue(0);
    }

    @Test
    void label_withMostRefusedValues_foldsFirstThoughItsBudgetIsLeast() {
        SeriesTable<Cell> table = table(400, 3, 50, 50);
        for (int i = 0; i < 50; i++) {
            table.get("u", "t" + i, "tier");
        }
        for (int i = 0; i < 5; i++) {
            table.get("u", "more" + i, "tier");
        }
        for (int i = 0; i < 5_000; i++) {
            table.get("u" + i, "t" + i % 50, "tier" + i % 7);
        }
        int foldedTenants = overflows.get(1).get();

        assertThat(table.get("u0", "t1", "tier").values).containsExactly("other", "t1", "tier");
        assertThat(overflows.get(1)).hasValue(foldedTenants);
    }

    @Test
    void label_thatIsClosed_neverFolds() {
        SeriesTable<Cell> table = new SeriesTable<>(
                List.of(LabelGate.closed(), gate(1), LabelGate.closed()), SeriesLimit.of(1), Cell::new);
        table.get("GET", "/a", "200");

        assertThat(table.get("GET", "/a", "404").values).containsExactly("GET", "other", "404");
        assertThat(table.get("PUT", "/b", "404").values).containsExactly("PUT", "other", "404");
    }

    @Test
    void labels_withoutAPlaceInTheReserve_allFold() {
        SeriesTable<Cell> table = table(4, 50, 50);
        for (int i = 0; i < 10; i++) {
            table.get("u" + i, "t" + i);
        }

        assertThat(table.size()).isEqualTo(6); // four, one of the reserve, and the last resort
        assertThat(table.get("u9", "t9").values).containsExactly("other", "other");
        assertThat(table.get("u9", "t4").values).containsExactly("other", "t4");
    }

    private SeriesTable<Cell> table(int series, int... budgets) {
        List<LabelGate> gates = new ArrayList<>();
        for (int budget : budgets) {
            gates.add(gate(budget));
        }
        return new SeriesTable<>(gates, SeriesLimit.of(series), Cell::new);
    }

    private LabelGate gate(int budget) {
        AtomicInteger overflow = new AtomicInteger();
        overflows.add(overflow);
        return LabelGate.open(value -> value, Set.of(), budget, overflow::incrementAndGet);
    }

    /** A table of three labels, of which one must stay exact, beside what was recorded. */
    private static final class Flood {
        final SeriesTable<Cell> table;
        final int exactLabel;
        final int[] expected;

        Flood(SeriesTable<Cell> table, int tiers, int exactLabel) {
            this.table = table;
            this.exactLabel = exactLabel;
            this.expected = new int[tiers];
        }

        void record(int tier, String a, String b, String c) {
            table.get(a, b, c).count++;
            expected[tier]++;
        }

        void assertExact() {
            Map<String, Integer> counts = new TreeMap<>();
            table.forEach(cell -> counts.merge(cell.values.get(exactLabel), cell.count, Integer::sum));
            Map<String, Integer> exact = new TreeMap<>();
            for (int tier = 0; tier < expected.length; tier++) {
                exact.put("tier-" + tier, expected[tier]);
            }
            assertThat(counts).isEqualTo(exact);
            assertThat(table.size()).isBetween(1_000, 1_251);
        }
    }

    private static final class Cell {
        final List<String> values;
        int count;

        Cell(String[] values) {
            this.values = List.of(values);
        }
    }
}
