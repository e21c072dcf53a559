package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentGrowthTest {
    private final MockClock clock = new MockClock();
    private final RecentGrowth recent = new RecentGrowth(clock, Duration.ofSeconds(30), Map.of("a", 5.0));

    @Test
    void to_atFirst_isSinceItWasMade() {
        clock.add(Duration.ofSeconds(7));

        RecentGrowth.Growth growth = recent.to(Map.of("a", 8.0, "b", 2.0, "c", 0.0));

        assertThat(growth.by()).isEqualTo(Map.of("a", 3.0, "b", 2.0));
        assertThat(growth.over()).isEqualTo(Duration.ofSeconds(7));
        assertThat(growth.of("c")).isZero();
    }

    @Test
    void to_askedOften_isOverTheWindow() {
        for (int second = 1; second <= 1_000; second++) {
            clock.add(Duration.ofSeconds(1));
            RecentGrowth.Growth growth = recent.to(Map.of("a", 5.0 + second));
            assertThat(growth.of("a")).isEqualTo(Math.min(second, 30));
        }
    }

    @Test
    void to_askedManyTimesASecond_remembersFewOfThem() {
        for (int i = 1; i <= 100_000; i++) {
            clock.add(Duration.ofMillis(1));
            recent.to(Map.of("a", 5.0 + i));
        }

        RecentGrowth.Growth growth = recent.to(Map.of("a", 100_005.0));
        assertThat(growth.over()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
    }

    @Test
    void to_afterAPause_isOverThePause() {
        recent.to(Map.of("a", 6.0));
        clock.add(Duration.ofMinutes(10));

        RecentGrowth.Growth growth = recent.to(Map.of("a", 9.0));

        assertThat(growth.of("a")).isEqualTo(4);
        assertThat(growth.text()).isEqualTo("10m");
    }

    @Test
    void to_ofACounterThatBeganAnew_isWhatItHas() {
        assertThat(recent.to(Map.of("a", 2.0)).of("a")).isEqualTo(2);
    }
}
