package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ShortcutsTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    @Test
    void counter_sameNameAndTags_isTheSameMeterAsByItsBuilder() {
        Counter first = registry.counter("c", "a", "1", "b", "2");

        assertThat(registry.counter("c", "a", "1", "b", "2")).isSameAs(first);
        assertThat(registry.counter("c", "b", "2", "a", "1")).isSameAs(first);
        assertThat(registry.counter("c", Tags.of("a", "1", "b", "2"))).isSameAs(first);
        assertThat(Counter.builder("c").tags("a", "1", "b", "2").register(registry))
                .isSameAs(first);
        assertThat(registry.counter("c", "a", "1", "b", "3")).isNotSameAs(first);
    }

    @Test
    void timerAndSummary_sameNameAndTags_areTheSameMeters() {
        assertThat(registry.timer("t", "a", "1")).isSameAs(registry.timer("t", "a", "1"));
        assertThat(registry.summary("s", "a", "1")).isSameAs(registry.summary("s", "a", "1"));
    }

    @Test
    void counter_callersArrayThatChanges_isNotRemembered() {
        String[] tags = {"a", "1"};
        Counter first = registry.counter("c", tags);
        tags[1] = "2";

        assertThat(registry.counter("c", tags)).isNotSameAs(first);
        assertThat(registry.counter("c", "a", "1")).isSameAs(first);
    }

    @Test
    void counter_afterRemoval_isAnother() {
        Counter first = registry.counter("c", "a", "1");
        registry.remove(first);

        assertThat(registry.counter("c", "a", "1")).isNotSameAs(first);
        assertThat(registry.scrape()).contains("c_total{a=\"1\"} 0\n");
    }

    @Test
    void counter_afterAFilterIsAdded_passesTheFilter() {
        registry.counter("c", "a", "1");
        registry.config().meterFilter(MeterFilter.commonTags(List.of(Tag.of("zone", "z"))));

        assertThat(registry.counter("c", "a", "1").getId().getTag("zone")).isEqualTo("z");
    }

    @Test
    void counter_noTags_isFoundHoweverTheyAreGiven() {
        Counter plain = registry.counter("c");

        assertThat(registry.counter("c", (String[]) null)).isSameAs(plain);
        assertThat(registry.counter("c", new String[0])).isSameAs(plain);
    }

    @Test
    void counter_thatAFilterLetsInLater_isNotRememberedAsDenied() {
        AtomicBoolean denied = new AtomicBoolean(true);
        registry.config().meterFilter(MeterFilter.deny(id -> denied.get()));
        registry.counter("c").increment();
        registry.timer("t").record(Duration.ofSeconds(1));
        registry.summary("s").record(1);
        denied.set(false);

        registry.counter("c").increment();
        registry.timer("t").record(Duration.ofSeconds(1));
        registry.summary("s").record(1);

        assertThat(registry.scrape()).contains("c_total 1\n", "t_seconds_count 1\n", "s_count 1\n");
    }

    @Test
    void get_twiceInARow_findsOnce() {
        Shortcuts<Integer> shortcuts = new Shortcuts<>(Integer.class);

        assertThat(shortcuts.get("m", new String[] {"k", "v"}, () -> 1)).isEqualTo(1);
        assertThat(shortcuts.get("m", new String[] {"k", "v"}, () -> 2)).isEqualTo(1);

        shortcuts.forget();
        assertThat(shortcuts.get("m", new String[] {"k", "v"}, () -> 3)).isEqualTo(3);
    }

    @Test
    void get_moreThanThereAreSlots_findsTheRightOnesAndRemembersManyOfTheLast() {
        Shortcuts<Integer> shortcuts = new Shortcuts<>(Integer.class);
        int meters = 20 * Shortcuts.SLOTS;
        for (int i = 0; i < meters; i++) {
            int value = i;
            assertThat(shortcuts.get("m", new String[] {"k", "v" + i}, () -> value))
                    .isEqualTo(i);
        }
        int remembered = 0;
        for (int i = meters - Shortcuts.SLOTS; i < meters; i++) {
            Integer found = shortcuts.get("m", new String[] {"k", "v" + i}, () -> -1);
            assertThat(found).isIn(i, -1);
            remembered += found == i ? 1 : 0;
        }
        assertThat(remembered).isGreaterThan(Shortcuts.SLOTS / 4); // a miss takes the slot of another
    }

    @Test
    void get_forgottenWhileItFinds_remembersNothing() {
        Shortcuts<Integer> shortcuts = new Shortcuts<>(Integer.class);

        shortcuts.get("m", new String[0], () -> {
            shortcuts.forget();
            return 1;
        });

        assertThat(shortcuts.get("m", new String[0], () -> 2)).isEqualTo(2);
    }
}
