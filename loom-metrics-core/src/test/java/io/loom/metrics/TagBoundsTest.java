package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bounds on meters that are registered with Micrometer directly. */
class TagBoundsTest {
    private final RawMeters raw = new RawMeters();

    @Test
    void bounds_offByDefault_letEverythingPass() {
        LoomMetrics.of(raw.registry());
        for (int i = 0; i < 300; i++) {
            raw.count("raw", "user", "u" + i);
        }

        assertThat(raw.seriesOf("raw")).isEqualTo(300);
        assertThat(raw.registry()
                        .find("loom.metrics.overflow")
                        .tag("meter", "raw")
                        .meters())
                .isEmpty();
    }

    @Test
    void value_beyondTheStandardBudget_becomesOtherAndIsCounted() {
        raw.bounded();
        for (int i = 0; i < 203; i++) {
            raw.count("raw", "user", "u" + i);
        }
        raw.count("raw", "user", "u0");

        assertThat(raw.seriesOf("raw")).isEqualTo(201);
        assertThat(raw.value("raw", "user", "u0")).isEqualTo(2);
        assertThat(raw.value("raw", "user", "u199")).isEqualTo(1);
        assertThat(raw.value("raw", "user", "other")).isEqualTo(3);
        assertThat(raw.registry().find("raw").tag("user", "u200").meters()).isEmpty();
        assertThat(raw.sum("raw")).isEqualTo(204);
        assertThat(raw.overflow("raw", "user")).isEqualTo(3);
    }

    @Test
    void value_thatFoldedBefore_foldsAgainAndIsCountedOnce() {
        raw.bounded(builder -> builder.valueBudget(1));
        raw.count("raw", "user", "u0");
        raw.count("raw", "user", "u1");
        raw.count("raw", "user", "u1");

        assertThat(raw.value("raw", "user", "other")).isEqualTo(2);
        assertThat(raw.overflow("raw", "user")).isEqualTo(1);
    }

    @Test
    void budget_ofOneTag_holdsForThatTagOnly() {
        raw.bounded(builder -> builder.valueBudget("raw", "user", 2));
        for (int i = 0; i < 20; i++) {
            raw.count("raw", "user", "u" + i, "tenant", "t" + i);
        }

        assertThat(raw.value("raw", "user", "u1", "tenant", "t1")).isEqualTo(1);
        assertThat(raw.value("raw", "user", "other", "tenant", "t19")).isEqualTo(1);
        assertThat(raw.overflow("raw", "user")).isEqualTo(18);
        assertThat(raw.overflow("raw", "tenant")).isZero();
    }

    @Test
    void overflow_ofATagThatHasNone_isThereAtZero() {
        raw.bounded();
        raw.count("raw", "user", "u0");

        assertThat(raw.overflow("raw", "user")).isZero();
    }

    @Test
    void combination_beyondTheSeriesLimit_foldsTheTagWithMostValues() {
        raw.bounded(builder -> builder.seriesLimit(100));
        for (int user = 0; user < 150; user++) {
            for (int tier = 0; tier < 4; tier++) {
                raw.count("raw", "user", "u" + user, "tier", "t" + tier);
            }
        }

        assertThat(raw.seriesOf("raw")).isEqualTo(104);
        assertThat(raw.value("raw", "user", "other", "tier", "t0")).isEqualTo(125);
        assertThat(raw.sum("raw")).isEqualTo(600);
        assertThat(raw.sum("raw", "tier", "t3")).isEqualTo(150); // a filter on what did not fold is exact
        assertThat(raw.overflow("raw", "user")).isEqualTo(500);
        assertThat(raw.overflow("raw", "tier")).isZero();
    }

    @Test
    void combinations_ofThreeTagsWithoutEnd_stayInTheLimitAndTheReserve() {
        raw.bounded(builder -> builder.seriesLimit(100));
        for (int i = 0; i < 20_000; i++) {
            raw.count("raw", "a", "a" + i % 137, "b", "b" + i % 149, "tier", "t" + i % 4);
        }

        assertThat(raw.seriesOf("raw")).isBetween(100, 126); // a quarter more, and one that is folded whole
        assertThat(raw.sum("raw")).isEqualTo(20_000);
        for (int tier = 0; tier < 4; tier++) {
            assertThat(raw.sum("raw", "tier", "t" + tier)).isEqualTo(5_000);
        }
    }

    @Test
    void values_thatAreBlankOverlongOrNull_becomeSane() {
        raw.bounded();
        raw.count("raw", "user", " ");
        raw.count("raw", "user", "");
        raw.count("raw", "user", "x".repeat(500));
        raw.count("raw", "user", "\ud83d");
        raw.registry().counter("raw", List.of(new NullTag("user"))).increment();

        assertThat(raw.value("raw", "user", "unknown")).isEqualTo(3);
        assertThat(raw.value("raw", "user", "x".repeat(128))).isEqualTo(1);
        assertThat(raw.value("raw", "user", "\ufffd")).isEqualTo(1);
        assertThat(raw.seriesOf("raw")).isEqualTo(3);
    }

    @Test
    void meters_ofOneNameWithOtherKeys_haveBoundsOfTheirOwn() {
        raw.bounded(builder -> builder.valueBudget(2));
        for (int i = 0; i < 5; i++) {
            raw.count("raw", "user", "u" + i);
            raw.count("raw", "user", "u" + i, "tier", "t");
        }

        assertThat(raw.value("raw", "user", "u1", "tier", "t")).isEqualTo(1);
        assertThat(raw.value("raw", "user", "other", "tier", "t")).isEqualTo(3);
        assertThat(raw.registry().find("raw").counters().stream()
                        .filter(counter -> counter.getId().getTags().size() == 1))
                .hasSize(3);
        assertThat(raw.sum("raw")).isEqualTo(10);
        assertThat(raw.overflow("raw", "user")).isEqualTo(6);
    }

    @Test
    void tags_inAnyOrder_areTheSameSeries() {
        raw.bounded();
        raw.count("raw", "user", "u0", "tier", "t0");
        raw.count("raw", "tier", "t0", "user", "u0");

        assertThat(raw.seriesOf("raw")).isEqualTo(1);
        assertThat(raw.value("raw", "user", "u0", "tier", "t0")).isEqualTo(2);
    }

    @Test
    void overflow_isLoggedOnceWithTheRemedy() {
        raw.bounded(builder -> builder.valueBudget(2));
        try (LogLines log = new LogLines("raw.logged")) {
            for (int i = 0; i < 10; i++) {
                raw.count("raw.logged", "user", "u" + i, "tenant", "t" + i);
            }

            assertThat(log.warnings())
                    .containsExactly("raw.logged: label tenant has too many values: new ones become \"other\" and are"
                            + " counted in loom_metrics_overflow_total. It may have 2 values, and the meter 1000"
                            + " combinations. Give it fewer, or raise valueBudget(\"raw.logged\", \"tenant\", n) or"
                            + " seriesLimit(n) where LoomMetrics is built.");
        }
    }

    @Test
    void rivals_onEightThreads_stayInTheBoundsAndLoseNothing() throws Exception {
        raw.bounded(builder -> builder.valueBudget(50));
        Rivals.race(thread -> {
            for (int i = 0; i < 500; i++) {
                raw.count("raw", "user", thread + ":" + i, "tier", "t" + i % 4);
            }
            return null;
        });

        assertThat(raw.registry().find("raw").counters().stream()
                        .map(counter -> counter.getId().getTag("user"))
                        .distinct())
                .hasSize(51);
        assertThat(raw.sum("raw")).isEqualTo(500 * Rivals.THREADS);
        assertThat(raw.sum("raw", "tier", "t2")).isEqualTo(125 * Rivals.THREADS);
        assertThat(raw.overflow("raw", "user")).isEqualTo(500 * Rivals.THREADS - 50);
    }

    /** Micrometer's own tags refuse null; a foreign implementation may not. */
    private record NullTag(String key) implements Tag {
        @Override
        public String getKey() {
            return key;
        }

        @Override
        @SuppressWarnings("NullAway") // the point
        public String getValue() {
            return null;
        }
    }
}
