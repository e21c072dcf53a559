package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.CountingTimer;
import io.loom.metrics.spi.Durations;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a registry that records in one step, and on one that cannot: from outside nobody can tell. */
class TimedCounterTest {
    private static final Duration TOO_LONG = Duration.ofDays(366);

    private MeterRegistry registry = new SimpleMeterRegistry();
    private TimedCounter end = of(new Registrar(registry, Budgets.DEFAULT), TimedCounter::of);

    @ParameterizedTest
    @EnumSource
    void record_durations_areCountedAndTimed(Kind kind) {
        prepare(kind);

        end.recordNanos(1_000_000);
        end.record(Duration.ofMillis(2));

        assertThat(end.count(CountedDurations::countHere)).isEqualTo(2);
        assertThat(counted()).isEqualTo(2);
        assertThat(timer().count()).isEqualTo(2);
        assertThat(timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void record_durationsThatAreRejected_areCountedAllTheSame(Kind kind) {
        prepare(kind);

        end.recordNanos(-1);
        end.recordNanos(TOO_LONG.toNanos());
        end.record(null);
        end.record(Duration.ofNanos(-1));
        end.record(TOO_LONG);

        assertThat(end.count(CountedDurations::countHere)).isEqualTo(5);
        assertThat(counted()).isEqualTo(5);
        assertThat(timer().count()).isZero();
    }

    @Test
    void requests_thatEndBy200_areJoinedAtNoStepAndAllOthersSeldom() {
        JoiningRegistry joining = new JoiningRegistry();
        try (LoomMetrics loom = LoomMetrics.of(joining)) {
            loom.http().register("GET", "/", 201, 404);
            loom.llm("openai", "small");
        }

        assertThat(joining.joined)
                .containsExactlyInAnyOrder(
                        "often status=200",
                        "seldom status=500",
                        "seldom status=201",
                        "seldom status=404",
                        "often provider=openai",
                        "often provider=openai",
                        "often provider=openai");
    }

    private void prepare(Kind kind) {
        registry = kind == Kind.APART ? new SimpleMeterRegistry() : new JoiningRegistry();
        end = of(
                new Registrar(registry, Budgets.DEFAULT),
                kind == Kind.SELDOM ? TimedCounterTest::rare : TimedCounter::of);
    }

    private static TimedCounter rare(CounterSeries counter, TimerSeries timer) {
        return TimedCounter.ofRare(
                counter, timer, TimedCounter.of(counter, timer).joint());
    }

    private static TimedCounter of(Registrar registrar, BiFunction<CounterSeries, TimerSeries, TimedCounter> make) {
        return make.apply(
                CounterSeries.register(registrar, LoomMeter.HTTP_REQUESTS.spec(), "GET", "/", "200"),
                TimerSeries.register(registrar, LoomMeter.HTTP_REQUEST_DURATION.spec(), "GET", "/"));
    }

    private double counted() {
        return registry.get("http.requests").counter().count();
    }

    private Timer timer() {
        return registry.get("http.request.duration").timer();
    }

    enum Kind {
        APART,
        JOINT,
        SELDOM
    }

    private static final class JoiningRegistry extends SimpleMeterRegistry {
        /** How often, and the last of the counter's labels. */
        private final List<String> joined = new ArrayList<>();

        JoiningRegistry() {
            super(SimpleConfig.DEFAULT, Clock.SYSTEM);
        }

        @Override
        protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauses) {
            return new JoiningTimer(id, clock, statistics, pauses, joined);
        }
    }

    private static final class JoiningTimer extends CumulativeTimer implements CountingTimer {
        private final List<String> joined;

        JoiningTimer(
                Meter.Id id,
                Clock clock,
                DistributionStatisticConfig statistics,
                PauseDetector pauses,
                List<String> joined) {
            super(id, clock, statistics, pauses, TimeUnit.SECONDS, false);
            this.joined = joined;
        }

        @Override
        public CountedDurations countedBy(Counter counter) {
            return joined("often", counter);
        }

        @Override
        public CountedDurations countedSeldomBy(Counter counter, CountedDurations frequent) {
            return joined("seldom", counter);
        }

        private CountedDurations joined(String how, Counter counter) {
            List<Tag> tags = counter.getId().getTags();
            Tag last = tags.get(tags.size() - 1);
            joined.add(how + ' ' + last.getKey() + '=' + last.getValue());
            return new Joined(counter, this);
        }
    }

    /** Durations that count for a counter, and are recorded to a timer. */
    static final class Joined extends Durations implements CountedDurations {
        private final Counter counter;
        private final Timer timer;
        private long count;

        Joined(Counter counter, Timer timer) {
            this.counter = counter;
            this.timer = timer;
        }

        @Override
        public Durations counted() {
            count++;
            counter.increment();
            return this;
        }

        @Override
        public Durations durations() {
            return this;
        }

        @Override
        public void put(long nanos) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public long countHere() {
            return count;
        }
    }
}
