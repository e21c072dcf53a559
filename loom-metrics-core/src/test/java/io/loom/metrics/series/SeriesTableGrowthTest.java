package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many series, series whose hashes meet, and passing over all. */
class SeriesTableGrowthTest {
    private final RecordingFactory factory = new RecordingFactory();

    @Test
    void get_valueWhoseHashIsThatOfAFrozenBucket_isASeriesLikeAnyOther() {
        String value = "lchpuoy";
        assertThat(value.hashCode() ^ (value.hashCode() >>> 16)).isEqualTo(-1);
        SeriesTable<Series> table = table(1);
        Series series = table.get(value);
        for (int i = 0; i < 100; i++) {
            table.get("v" + i);
        }
        List<Series> all = new ArrayList<>();
        table.forEach(all::add);

        assertThat(table.get(value)).isSameAs(series);
        assertThat(all).contains(series).hasSize(101);
    }

    @Test
    void get_hashCollisions_keepTheirOwnSeries() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        SeriesTable<Series> one = table(1);
        SeriesTable<Series> two = table(2);
        SeriesTable<Series> three = table(3);
        SeriesTable<Series> four = table(4);
        for (int round = 0; round < 2; round++) {
            for (String a : List.of("AaAa", "AaBB", "BBAa", "BBBB")) {
                assertThat(one.get(a).values()).containsExactly(a);
                for (String b : List.of("Aa", "BB")) {
                    assertThat(two.get(a, b).values()).containsExactly(a, b);
                    for (String c : List.of("Aa", "BB")) {
                        assertThat(three.get(a, b, c).values()).containsExactly(a, b, c);
                        for (String d : List.of("Aa", "BB")) {
                            assertThat(four.get(a, b, c, d).values()).containsExactly(a, b, c, d);
                        }
                    }
                }
            }
        }

        assertThat(one.size()).isEqualTo(4);
        assertThat(two.size()).isEqualTo(8);
        assertThat(three.size()).isEqualTo(16);
        assertThat(four.size()).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void get_growthPastManyDoublings_keepsEverySeries(int labels) {
        SeriesTable<Series> table = table(labels);
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            series.add(table.getAll(values(labels, i)));
        }

        assertThat(table.size()).isEqualTo(3_000);
        for (int i = 0; i < 3_000; i++) {
            assertThat(get(table, values(labels, i))).isSameAs(series.get(i));
        }
        assertThat(factory.published).hasSize(3_000).doesNotHaveDuplicates();
    }

    @Test
    void getByLast_growthPastManyDoublings_keepsEverySeries() {
        List<String> methods = List.of("GET", "PUT", "HEAD", "POST");
        SeriesTable<Series> table =
                SeriesTable.byLast(Collections.nCopies(2, LabelGate.closed()), SeriesLimit.none(), factory);
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            series.add(table.getByLast(methods.get(i % 4), "/" + i / 4));
        }

        assertThat(table.size()).isEqualTo(3_000);
        for (int i = 0; i < 3_000; i++) {
            assertThat(table.getByLast(methods.get(i % 4), "/" + i / 4)).isSameAs(series.get(i));
        }
        assertThat(factory.published).hasSize(3_000).doesNotHaveDuplicates();
    }

    @Test
    void forEach_grownTable_passesEverySeriesOnce() {
        SeriesTable<Series> table = table(1);
        List<Series> inserted = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            inserted.add(table.get("v" + i));
        }
        List<Series> seen = new ArrayList<>();
        table.forEach(seen::add);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(inserted);
    }

    @Test
    void forEach_whoseActionGrowsTheTable_passesOnlySeries() {
        SeriesTable<Series> table = table(1);
        for (int i = 0; i < 16; i++) {
            table.get("v" + i);
        }
        List<Series> seen = new ArrayList<>();
        table.forEach(series -> {
            seen.add(series);
            for (int i = 0; i < 100; i++) {
                table.get("w" + i);
            }
        });

        assertThat(seen).hasSizeGreaterThanOrEqualTo(16).doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void forEach_emptyTable_passesNothing() {
        table(1).forEach(series -> {
            throw new AssertionError(series);
        });

        assertThat(table(1).size()).isZero();
    }

    private SeriesTable<Series> table(int labels) {
        return new SeriesTable<>(Collections.nCopies(labels, LabelGate.closed()), SeriesLimit.none(), factory);
    }

    private static Series get(SeriesTable<Series> table, String[] v) {
        return switch (v.length) {
            case 1 -> table.get(v[0]);
            case 2 -> table.get(v[0], v[1]);
            case 3 -> table.get(v[0], v[1], v[2]);
            case 4 -> table.get(v[0], v[1], v[2], v[3]);
            default -> table.getAll(v);
        };
    }

    private static String[] values(int labels, int number) {
        String[] values = new String[labels];
        for (int i = 0; i < labels; i++) {
            values[i] = i == number % labels ? "v" + number : "same";
        }
        return values;
    }
}
