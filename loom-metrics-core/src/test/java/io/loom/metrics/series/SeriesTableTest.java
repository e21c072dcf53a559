package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
    private final RecordingFactory factory = new RecordingFactory();

    @Test
    void get_noLabels_givesTheOneSeries() {
        SeriesTable<Series> table = table(0);

        assertThat(table.get()).isSameAs(table.get()).isSameAs(table.getAll());
        assertThat(table.get().values()).isEmpty();
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void get_oneLabel_givesASeriesForEachValue() {
        SeriesTable<Series> table = table(1);
        Series a = table.get("a");

        assertThat(table.get("a")).isSameAs(a).isSameAs(table.getAll("a"));
        assertThat(table.get("b")).isNotSameAs(a);
        assertThat(a.values()).containsExactly("a");
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void get_twoLabels_givesASeriesForEachCombination() {
        SeriesTable<Series> table = table(2);
        Series ab = table.get("a", "b");

        assertThat(table.get("a", "b")).isSameAs(ab).isSameAs(table.getAll("a", "b"));
        assertThat(table.get("b", "a").values()).containsExactly("b", "a");
        assertThat(table.get("a", "a").values()).containsExactly("a", "a");
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void getByLast_knownValues_givesASeriesForEachCombination() {
        SeriesTable<Series> table = tableByLast();
        Series get = table.getByLast("GET", "/a");

        assertThat(table.getByLast("GET", "/a")).isSameAs(get).isSameAs(table.getAll("GET", "/a"));
        assertThat(table.getByLast("PUT", "/a").values()).containsExactly("PUT", "/a");
        assertThat(table.getByLast("POST", "/a").values()).containsExactly("POST", "/a");
        assertThat(table.getByLast("GET", "/b").values()).containsExactly("GET", "/b");
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    void getByLast_noValue_isUnknown() {
        SeriesTable<Series> table = tableByLast();

        assertThat(table.getByLast(null, "/a").values()).containsExactly(LabelValues.UNKNOWN, "/a");
        assertThat(table.getByLast("GET", null).values()).containsExactly("GET", LabelValues.UNKNOWN);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void byLast_notTwoLabels_failsAtOnce() {
        assertThatThrownBy(() -> SeriesTable.byLast(List.of(LabelGate.closed()), SeriesLimit.none(), factory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gates of a table by its last label must be 2: were 1. Use the constructor.");
    }

    @Test
    void getByLast_tableOfTheOtherKind_givesTheSameSeries() {
        SeriesTable<Series> ofAll = table(2);
        SeriesTable<Series> byLast = tableByLast();

        assertThat(ofAll.getByLast("GET", "/a")).isSameAs(ofAll.get("GET", "/a"));
        assertThat(byLast.get("GET", "/a")).isSameAs(byLast.getByLast("GET", "/a"));
    }

    @Test
    void get_threeLabels_givesASeriesForEachCombination() {
        SeriesTable<Series> table = table(3);
        Series abc = table.get("a", "b", "c");

        assertThat(table.get("a", "b", "c")).isSameAs(abc).isSameAs(table.getAll("a", "b", "c"));
        assertThat(table.get("x", "b", "c").values()).containsExactly("x", "b", "c");
        assertThat(table.get("a", "x", "c").values()).containsExactly("a", "x", "c");
        assertThat(table.get("a", "b", "x").values()).containsExactly("a", "b", "x");
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    void get_fourLabels_givesASeriesForEachCombination() {
        SeriesTable<Series> table = table(4);
        Series abcd = table.get("a", "b", "c", "d");

        assertThat(table.get("a", "b", "c", "d")).isSameAs(abcd).isSameAs(table.getAll("a", "b", "c", "d"));
        assertThat(table.get("x", "b", "c", "d").values()).containsExactly("x", "b", "c", "d");
        assertThat(table.get("a", "x", "c", "d").values()).containsExactly("a", "x", "c", "d");
        assertThat(table.get("a", "b", "x", "d").values()).containsExactly("a", "b", "x", "d");
        assertThat(table.get("a", "b", "c", "x").values()).containsExactly("a", "b", "c", "x");
        assertThat(table.size()).isEqualTo(5);
    }

    @Test
    void getAll_sevenLabels_givesASeriesForEachCombination() {
        SeriesTable<Series> table = table(7);
        Series first = table.getAll("a", "b", "c", "d", "e", "f", "g");

        assertThat(table.getAll("a", "b", "c", "d", "e", "f", "g")).isSameAs(first);
        assertThat(table.getAll("a", "b", "c", "d", "e", "f", "x")).isNotSameAs(first);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void get_equalButNotIdenticalStrings_givesTheSameSeries() {
        SeriesTable<Series> one = table(1);
        SeriesTable<Series> two = table(2);
        SeriesTable<Series> three = table(3);
        SeriesTable<Series> four = table(4);

        assertThat(one.get(copy("a"))).isSameAs(one.get(copy("a")));
        assertThat(two.get(copy("a"), copy("b"))).isSameAs(two.get(copy("a"), copy("b")));
        assertThat(three.get(copy("a"), copy("b"), copy("c"))).isSameAs(three.get(copy("a"), copy("b"), copy("c")));
        assertThat(four.get(copy("a"), copy("b"), copy("c"), copy("d")))
                .isSameAs(four.get(copy("a"), copy("b"), copy("c"), copy("d")));
    }

    @Test
    void get_null_isUnknownAtEveryPlace() {
        assertThat(table(1).get((String) null).values()).containsExactly("unknown");
        assertThat(table(2).get(null, "b").values()).containsExactly("unknown", "b");
        assertThat(table(2).get("a", null).values()).containsExactly("a", "unknown");
        assertThat(table(3).get(null, "b", "c").values()).containsExactly("unknown", "b", "c");
        assertThat(table(3).get("a", null, "c").values()).containsExactly("a", "unknown", "c");
        assertThat(table(3).get("a", "b", null).values()).containsExactly("a", "b", "unknown");
        assertThat(table(4).get(null, "b", "c", "d").values()).containsExactly("unknown", "b", "c", "d");
        assertThat(table(4).get("a", null, "c", "d").values()).containsExactly("a", "unknown", "c", "d");
        assertThat(table(4).get("a", "b", null, "d").values()).containsExactly("a", "b", "unknown", "d");
        assertThat(table(4).get("a", "b", "c", null).values()).containsExactly("a", "b", "c", "unknown");
        assertThat(table(5).getAll("a", null, "c", null, "e").values())
                .containsExactly("a", "unknown", "c", "unknown", "e");
    }

    @Test
    void get_valuesThatAdmitToTheSame_giveTheSameSeries() {
        SeriesTable<Series> table = table(1);

        assertThat(table.get((String) null)).isSameAs(table.get(" ")).isSameAs(table.get("unknown"));
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void getAll_tooFewValues_fillsUpWithUnknown() {
        assertThat(table(3).getAll("a").values()).containsExactly("a", "unknown", "unknown");
    }

    @Test
    void getAll_tooManyValues_dropsTheSurplus() {
        SeriesTable<Series> table = table(1);

        assertThat(table.getAll("a", "b")).isSameAs(table.get("a"));
    }

    @Test
    void getAll_callersArrayChangedLater_doesNotReachTheTable() {
        SeriesTable<Series> table = table(2);
        String[] values = {"a", "b"};
        Series series = table.getAll(values);
        values[0] = "x";

        assertThat(table.get("a", "b")).isSameAs(series);
        assertThat(series.values()).containsExactly("a", "b");
    }

    @Test
    void get_factoryThatChangesItsValues_doesNotReachTheTable() {
        SeriesTable<Integer> table = new SeriesTable<>(List.of(LabelGate.closed()), SeriesLimit.none(), values -> {
            values[0] = "changed";
            return 1;
        });
        table.get("a");
        table.get("a");

        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void get_factoryWhoseStackEnds_givesThePlaceBack() {
        StackOverflowError end = new StackOverflowError();
        AtomicBoolean ends = new AtomicBoolean(true);
        SeriesTable<String> table = new SeriesTable<>(
                List.of(LabelGate.open(value -> value, Set.of(), 9, () -> {})), SeriesLimit.of(1), values -> {
                    if (ends.get()) {
                        throw end;
                    }
                    return values[0];
                });

        assertThatThrownBy(() -> table.get("a")).isSameAs(end);
        ends.set(false);

        assertThat(table.get("a")).isEqualTo("a");
        assertThat(table.get("b")).isEqualTo("other");
    }

    @Test
    void published_factoryThatChangesItsValues_doesNotReachTheTable() {
        SeriesTable<Integer> table =
                new SeriesTable<>(List.of(LabelGate.closed()), SeriesLimit.none(), new SeriesTable.Factory<>() {
                    @Override
                    public Integer create(String[] values) {
                        return 1;
                    }

                    @Override
                    public void published(Integer series, String[] values) {
                        values[0] = "changed";
                    }
                });
        table.get("a");
        table.get("a");

        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void published_eachSeries_isToldOnceWithItsValues() {
        SeriesTable<Series> table = table(2);
        Series ab = table.get("a", "b");
        table.get("a", "b");
        table.get(copy("a"), copy("b"));
        Series unknown = table.get(null, "b");

        assertThat(factory.published).containsExactly(ab, unknown);
        assertThat(factory.publishedValues).containsExactly(List.of("a", "b"), List.of("unknown", "b"));
    }

    private SeriesTable<Series> table(int labels) {
        return new SeriesTable<>(gates(labels), SeriesLimit.none(), factory);
    }

    private SeriesTable<Series> tableByLast() {
        return SeriesTable.byLast(gates(2), SeriesLimit.none(), factory);
    }

    private static List<LabelGate> gates(int labels) {
        return Collections.nCopies(labels, LabelGate.closed());
    }

    @SuppressWarnings("StringOperationCanBeSimplified")
    private static String copy(String value) {
        return new String(value);
    }
}
