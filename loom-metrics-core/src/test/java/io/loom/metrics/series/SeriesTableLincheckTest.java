package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.testing.Interleavings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Interleavings of rivals that bring the same new values: one series, published once, in one place. */
@SuppressWarnings("EnumOrdinal") // the keys are few and stay
class SeriesTableLincheckTest {
    private static final int PLACES = 100;

    @Test
    void get_rivalsWithTheSameValues_isLinearizable() {
        options().check(Pairs.class);
    }

    @Test
    void get_placeOfTheLoserKept_isFoundToLeak() {
        assertThatThrownBy(() -> options().check(PlaceKept.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("places differ from what is there");
    }

    @Test
    void get_everyRivalPublishes_isFoundToPublishTwice() {
        assertThatThrownBy(() -> options().check(EachPublishes.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("not published once");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2)
                .iterations(6)
                .invocationsPerIteration(80)
                .sequentialSpecification(Touches.class)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(LabelGate.class.getName())
                        .allMethods()
                        .ignore());
    }

    /** The first two have the same hash. */
    public enum Key {
        Aa,
        BB
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static int placesTaken(SeriesLimit limit) {
        int left = 0;
        while (limit.takeWhole()) {
            left++;
        }
        return PLACES - left;
    }

    static final class Series {
        final AtomicInteger publications = new AtomicInteger();
        final AtomicInteger touches = new AtomicInteger();
    }

    private static final class Factory implements SeriesTable.Factory<Series> {
        @Override
        public Series create(String[] values) {
            return new Series();
        }

        @Override
        public void published(Series series, String[] values) {
            series.publications.incrementAndGet();
        }
    }

    /** What the tables must look like from outside. */
    public static class Touches {
        private final int[] touches = new int[Key.values().length];

        public int get(Key key) {
            return ++touches[key.ordinal()];
        }

        public int getAll(Key key) {
            return get(key);
        }
    }

    public static class Pairs {
        private final SeriesLimit limit = SeriesLimit.of(PLACES);
        private final SeriesTable<Series> table =
                new SeriesTable<>(List.of(LabelGate.closed(), LabelGate.closed()), limit, new Factory());

        @Operation
        public int get(Key key) {
            return table.get("first", key.name()).touches.incrementAndGet();
        }

        @Operation
        public int getAll(Key key) {
            return table.getAll("first", key.name()).touches.incrementAndGet();
        }

        @Validate
        public void everySeriesIsPublishedOnceAndHasOnePlace() {
            int[] shown = new int[1];
            table.forEach(series -> {
                check(series.publications.get() == 1, "not published once");
                shown[0]++;
            });
            check(table.size() == shown[0], "size differs from what is there");
            check(placesTaken(limit) == shown[0], "places differ from what is there");
        }
    }

    /** The weakened twins: the same chains, with the admission wrong. */
    abstract static class Weakened {
        final SeriesLimit limit = SeriesLimit.of(PLACES);
        final Chains<Series> chains = Chains.ofAll(1);

        @Operation
        public int get(Key key) {
            Series known = chains.find(key.name());
            if (known == null) {
                limit.takeWhole();
                Series candidate = new Series();
                known = chains.putIfAbsent(new String[] {key.name()}, candidate);
                inserted(known);
                known = known == null ? candidate : known;
                published(known, candidate);
            }
            return known.touches.incrementAndGet();
        }

        abstract void inserted(Series rival);

        abstract void published(Series series, Series candidate);

        final void checkAll() {
            chains.forEach(shown -> check(shown.publications.get() == 1, "not published once"));
            check(placesTaken(limit) == chains.size(), "places differ from what is there");
        }
    }

    public static class PlaceKept extends Weakened {
        @Override
        void inserted(Series rival) {}

        @Override
        void published(Series series, Series candidate) {
            if (series == candidate) {
                series.publications.incrementAndGet();
            }
        }

        @Validate
        public void everySeriesHasOnePlace() {
            checkAll();
        }
    }

    public static class EachPublishes extends Weakened {
        @Override
        void inserted(Series rival) {
            if (rival != null) {
                limit.giveWholeBack();
            }
        }

        @Override
        void published(Series series, Series candidate) {
            series.publications.incrementAndGet();
        }

        @Validate
        public void everySeriesIsPublishedOnce() {
            checkAll();
        }
    }
}
