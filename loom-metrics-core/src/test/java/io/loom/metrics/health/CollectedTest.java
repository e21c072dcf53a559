package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Sneaky;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of what a plugin gives. */
class CollectedTest {
    private static final int LIMIT = 10;

    private final Map<String, MetricValue> given = new LinkedHashMap<>();

    @Test
    void from_goodMetrics_isAllOfThem() {
        given.put("custom_metric", MetricValue.of(42));
        given.put("another_metric", MetricValue.of(100, "type", "test").and(Double.POSITIVE_INFINITY, "type", "real"));

        assertThat(collect().series())
                .containsExactly(
                        Map.entry(key("custom_metric"), 42.0),
                        Map.entry(key("another_metric", "type", "test"), 100.0),
                        Map.entry(key("another_metric", "type", "real"), Double.POSITIVE_INFINITY));
        assertThat(collect().trouble()).isEmpty();
    }

    @Test
    void from_whatCannotBeShown_isTheRest() {
        given.put("nan", MetricValue.of(Double.NaN));
        given.put(null, MetricValue.of(1));
        given.put(" ", MetricValue.of(1));
        given.put("n".repeat(129), MetricValue.of(1));
        given.put("null", null);
        given.put("label", MetricValue.of(1, "", "x"));
        given.put("twice", MetricValue.of(1, "a", "b").and(2, "a", "b"));
        given.put("good", MetricValue.of(1, "a", null));
        Collected collected = collect();

        assertThat(collected.series())
                .containsExactly(Map.entry(key("twice", "a", "b"), 1.0), Map.entry(key("good", "a", "unknown"), 1.0));
        assertThat(collected.leftOut()).isEqualTo(7);
        assertThat(collected.trouble()).contains("the value of nan is no number");
        assertThat(collected.failed()).isFalse();
        assertThat(collected.flooded()).isFalse();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // what erasure lets pass
    void from_otherTypesThanPromised_isTheRest() {
        Map raw = given;
        raw.put("number", 42);
        raw.put(7, MetricValue.of(1));
        raw.put("good", MetricValue.of(1));

        assertThat(collect().series()).containsOnlyKeys(key("good"));
        assertThat(collect().leftOut()).isEqualTo(2);
    }

    @Test
    void from_asManyAsTheLimit_isNoFlood() {
        IntStream.range(0, LIMIT).forEach(i -> given.put("m" + i, MetricValue.of(i)));

        assertThat(collect().series()).hasSize(LIMIT);
        assertThat(collect().flooded()).isFalse();
    }

    @Test
    void from_aFloodOfMetrics_isTheFirstOnes() {
        IntStream.range(0, 1_000_000).forEach(i -> given.put("m" + i, MetricValue.of(i)));

        assertThat(collect().series().keySet())
                .extracting(SeriesKey::name)
                .startsWith("m0")
                .endsWith("m9");
        assertThat(collect().flooded()).isTrue();
        assertThat(collect().trouble()).contains("it has more than 10 series; the rest is left out");
    }

    @Test
    void from_aFloodOfSeries_isTheFirstOnes() {
        given.put(
                "m",
                new MetricValue(IntStream.range(0, 1_000_000)
                        .mapToObj(i -> new MetricValue.Series(i, Map.of("i", Integer.toString(i))))
                        .toList()));

        assertThat(collect().series()).hasSize(LIMIT);
        assertThat(collect().flooded()).isTrue();
    }

    @Test
    void from_labelsWithoutEnd_leavesTheSeriesOut() {
        Map<String, String> labels = new HashMap<>();
        IntStream.range(0, 33).forEach(i -> labels.put("l" + i, "x"));
        given.put("m", new MetricValue(List.of(new MetricValue.Series(1, labels))));

        assertThat(collect().leftOut()).isEqualTo(1);
    }

    @Test
    void from_nonsenseWithoutEnd_ends() {
        assertThat(Collected.from(
                                plugin(new Endless(() -> Collections.<String, MetricValue>singletonMap("x", null)
                                        .entrySet()
                                        .iterator()
                                        .next())),
                                LIMIT)
                        .flooded())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void from_aMapThatThrows_isAFailure(Throwable thrown) {
        Collected collected = Collected.from(plugin(new Endless(() -> Sneaky.raise(thrown))), LIMIT);

        assertThat(collected.failed()).isTrue();
        assertThat(collected.series()).isEmpty();
        assertThat(collected.trouble().orElseThrow())
                .startsWith(thrown.getClass().getSimpleName());
    }

    @Test
    void from_null_isAFailure() {
        assertThat(Collected.from(plugin(null), LIMIT).trouble()).contains("it gave no metrics");
        assertThat(Collected.from(plugin(null), LIMIT).failed()).isTrue();
    }

    private Collected collect() {
        return Collected.from(plugin(given), LIMIT);
    }

    private static MonitorPlugin plugin(Map<String, MetricValue> metrics) {
        return TestPlugin.of("it", () -> metrics);
    }

    private static SeriesKey key(String name, String... labels) {
        TreeMap<String, String> pairs = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            pairs.put(labels[i], labels[i + 1]);
        }
        return new SeriesKey(name, pairs);
    }

    /** A map whose entries do not end. */
    private static final class Endless extends AbstractMap<String, MetricValue> {
        private final Supplier<Entry<String, MetricValue>> next;

        Endless(Supplier<Entry<String, MetricValue>> next) {
            this.next = next;
        }

        @Override
        public Set<Entry<String, MetricValue>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, MetricValue>> iterator() {
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return true;
                        }

                        @Override
                        public Entry<String, MetricValue> next() {
                            return next.get();
                        }
                    };
                }

                @Override
                public int size() {
                    return 0;
                }
            };
        }
    }
}
