package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicksTest {
    private static final int TIMES = 20_000;
    private static final int LATEST = 5_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 59, 60, 1_000})
    void at_timesThatRiseAndFallBack_isThatOfOneThatRemembersNone(long stepNanos) {
        SplittableRandom random = new SplittableRandom(stepNanos);
        Ticks ticks = new Ticks(stepNanos);
        long nanos = -LATEST;
        for (int i = 0; i < TIMES; i++) {
            nanos += random.nextInt(-3, 5); // so that both ends of a tick are met again and again

            assertThat(ticks.at(nanos)).isEqualTo(new Ticks(stepNanos).at(nanos));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 59, 60, 1_000})
    void steps_betweenTwoTimes_areThoseThatBeganBetweenThem(long stepNanos) {
        SplittableRandom random = new SplittableRandom(stepNanos);
        Ticks ticks = new Ticks(stepNanos);
        for (int i = 0; i < TIMES; i++) {
            long from = random.nextInt(-LATEST, LATEST);
            long to = random.nextInt(-LATEST, LATEST);

            assertThat(ticks.steps(ticks.at(from), ticks.at(to)))
                    .isEqualTo(Math.floorDiv(to, stepNanos) - Math.floorDiv(from, stepNanos));
        }
    }
}
