package io.loom.metrics.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final Sessions sessions =
            new Sessions(LoomMetrics.of(registry).sessions(), clock, 2, Duration.ofMinutes(10));

    @Test
    void use_openSession_goesOnInIt() {
        String id = sessions.use(null);

        assertThat(sessions.use(id)).isEqualTo(id);
        assertThat(active()).isEqualTo(1);
        assertThat(opened()).isEqualTo(1);
    }

    @Test
    void use_unknownSession_opensANewOneWithAnIdOfItsOwn() {
        assertThat(sessions.use("mine")).isNotEqualTo("mine");
        assertThat(opened()).isEqualTo(1);
    }

    @Test
    void close_openSession_isNoLongerActive() {
        String id = sessions.use(null);

        assertThat(sessions.close(id)).isTrue();
        assertThat(sessions.close(id)).isFalse();
        assertThat(active()).isZero();
        assertThat(opened()).isEqualTo(1);
    }

    @Test
    void closeIdle_unusedForTheLimit_closesItAndKeepsTheOther() {
        String idle = sessions.use(null);
        String used = sessions.use(null);
        clock.add(Duration.ofMinutes(9));
        sessions.use(used);
        clock.add(Duration.ofMinutes(1));

        sessions.closeIdle();

        assertThat(active()).isEqualTo(1);
        assertThat(sessions.close(idle)).isFalse();
        assertThat(sessions.close(used)).isTrue();
    }

    @Test
    void use_tooManySessions_closesTheIdlest() {
        String first = sessions.use(null);
        clock.add(Duration.ofSeconds(1));
        String second = sessions.use(null);
        clock.add(Duration.ofSeconds(1));
        sessions.use(first);
        sessions.use(null);

        assertThat(active()).isEqualTo(2);
        assertThat(sessions.close(second)).isFalse();
        assertThat(sessions.close(first)).isTrue();
    }

    @Test
    void close_all_leavesNoneActive() {
        sessions.use(null);
        sessions.use(null);

        sessions.close();

        assertThat(active()).isZero();
    }

    private double active() {
        return registry.get("loom.sessions.active").gauge().value();
    }

    private double opened() {
        return registry.get("loom.sessions").counter().count();
    }
}
