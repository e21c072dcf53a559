package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SeriesTableRivalsTest {
    private static final int KEYS = 500;

    private final RecordingFactory factory = new RecordingFactory();

    @Test
    void get_rivalsWithTheSameValues_getOneInstanceEach() throws Exception {
        for (int round = 0; round < 20; round++) {
            factory.published.clear();
            SeriesTable<Series> table = table(2);

            List<List<Series>> seen = Rivals.race(thread -> {
                List<Series> mine = new ArrayList<>();
                for (int key = 0; key < KEYS; key++) {
                    mine.add(table.get("v" + key, "w"));
                }
                return mine;
            });

            for (List<Series> mine : seen) {
                assertThat(mine).containsExactlyElementsOf(seen.get(0));
            }
            assertThat(table.size()).isEqualTo(KEYS);
            assertThat(factory.published).containsExactlyInAnyOrderElementsOf(seen.get(0));
        }
    }

    @Test
    void get_rivalsWithDifferentValues_loseNone() throws Exception {
        for (int round = 0; round < 20; round++) {
            factory.published.clear();
            SeriesTable<Series> table = table(1);

            List<List<Series>> seen = Rivals.race(thread -> {
                List<Series> mine = new ArrayList<>();
                for (int key = 0; key < KEYS; key++) {
                    mine.add(table.get(thread + ":" + key));
                }
                return mine;
            });

            assertThat(table.size()).isEqualTo(Rivals.THREADS * KEYS);
            assertThat(factory.published).hasSize(Rivals.THREADS * KEYS).doesNotHaveDuplicates();
            for (int thread = 0; thread < Rivals.THREADS; thread++) {
                for (int key = 0; key < KEYS; key++) {
                    assertThat(table.get(thread + ":" + key))
                            .isSameAs(seen.get(thread).get(key));
                }
            }
        }
    }

    @Test
    void get_rivalsForTheOnlySeries_getOneInstance() throws Exception {
        for (int round = 0; round < 200; round++) {
            SeriesTable<Series> table = table(0);

            List<Series> seen = Rivals.race(thread -> table.get());

            assertThat(seen).containsOnly(table.get());
            assertThat(table.size()).isEqualTo(1);
        }
        assertThat(factory.published).hasSize(200);
    }

    @Test
    void published_rivalWhoseSeriesWasThrownAway_isNotTold() throws Exception {
        AtomicInteger created = new AtomicInteger();
        Set<Integer> published = ConcurrentHashMap.newKeySet();
        SeriesTable.Factory<Integer> slow = new SeriesTable.Factory<>() {
            @Override
            public Integer create(String[] values) {
                int number = created.incrementAndGet();
                while (created.get() < Rivals.THREADS) {
                    Thread.onSpinWait(); // until all rivals are in here
                }
                return number;
            }

            @Override
            public void published(Integer series, String[] values) {
                published.add(series);
            }
        };
        SeriesTable<Integer> table = new SeriesTable<>(List.of(LabelGate.closed()), SeriesLimit.none(), slow);

        List<Integer> seen = Rivals.race(thread -> table.get("a"));

        assertThat(created).hasValue(Rivals.THREADS);
        assertThat(seen).containsOnly(table.get("a"));
        assertThat(published).containsExactly(table.get("a"));
    }

    @Test
    void forEach_whileRivalsInsert_passesWhatWasThereBefore() throws Exception {
        SeriesTable<Series> table = table(1);
        Set<Series> before = ConcurrentHashMap.newKeySet();
        for (int key = 0; key < 100; key++) {
            before.add(table.get("old" + key));
        }

        Rivals.race(thread -> {
            for (int key = 0; key < KEYS; key++) {
                table.get(thread + ":" + key);
                if (key % 50 == 0) {
                    List<Series> seen = new ArrayList<>();
                    table.forEach(seen::add);
                    assertThat(seen).containsAll(before).doesNotHaveDuplicates();
                }
            }
            return null;
        });
    }

    private SeriesTable<Series> table(int labels) {
        return new SeriesTable<>(Collections.nCopies(labels, LabelGate.closed()), SeriesLimit.none(), factory);
    }
}
