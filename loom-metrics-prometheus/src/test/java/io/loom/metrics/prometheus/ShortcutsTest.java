package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
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
    void get_moreThanItRemembers_goesTheLongWay() {
        Shortcuts<Integer> shortcuts = new Shortcuts<>();
        for (int i = 0; i < Shortcuts.MAX; i++) {
            int value = i;
            shortcuts.get("m", new String[] {"k", "v" + i}, () -> value);
        }

        assertThat(shortcuts.get("m", new String[] {"k", "v7"}, () -> -1)).isEqualTo(7);
        assertThat(shortcuts.get("m", new String[] {"k", "new"}, () -> -1)).isEqualTo(-1);
        assertThat(shortcuts.get("m", new String[] {"k", "new"}, () -> -2)).isEqualTo(-2);
    }
}
