package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.CountingTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a registry that records in one step, and on one that cannot: from outside nobody can tell. */
class TimedCounterTest {
    private static final Duration TOO_LONG = Duration.ofDays(366);

    private MeterRegistry registry = new SimpleMeterRegistry();
    private TimedCounter end = of(registry);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void record_durations_areCountedAndTimed(boolean joint) {
        prepare(joint);

        end.recordNanos(1_000_000);
        end.record(Duration.ofMillis(2));

        assertThat(end.count()).isEqualTo(2);
        assertThat(counted()).isEqualTo(2);
        assertThat(timer().count()).isEqualTo(2);
        assertThat(timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void record_durationsThatAreRejected_areCountedAllTheSame(boolean joint) {
        prepare(joint);

        end.recordNanos(-1);
        end.recordNanos(TOO_LONG.toNanos());
        end.record(null);
        end.record(Duration.ofNanos(-1));
        end.record(TOO_LONG);

        assertThat(end.count()).isEqualTo(5);
        assertThat(counted()).isEqualTo(5);
        assertThat(timer().count()).isZero();
    }

    private void prepare(boolean joint) {
        registry = joint ? new JoiningRegistry() : new SimpleMeterRegistry();
        end = of(registry);
    }

    private static TimedCounter of(MeterRegistry registry) {
        Registrar registrar = new Registrar(registry, Budgets.DEFAULT);
        return new TimedCounter(
                CounterSeries.register(registrar, LoomMeter.HTTP_REQUESTS.spec(), "GET", "/", "200"),
                TimerSeries.register(registrar, LoomMeter.HTTP_REQUEST_DURATION.spec(), "GET", "/"));
    }

    private double counted() {
        return registry.get("http.requests").counter().count();
    }

    private Timer timer() {
        return registry.get("http.request.duration").timer();
    }

    private static final class JoiningRegistry extends SimpleMeterRegistry {
        JoiningRegistry() {
            super(SimpleConfig.DEFAULT, Clock.SYSTEM);
        }

        @Override
        protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauses) {
            return new JoiningTimer(id, clock, statistics, pauses);
        }
    }

    private static final class JoiningTimer extends CumulativeTimer implements CountingTimer {
        JoiningTimer(Meter.Id id, Clock clock, DistributionStatisticConfig statistics, PauseDetector pauses) {
            super(id, clock, statistics, pauses, TimeUnit.SECONDS, false);
        }

        @Override
        public CountedDurations countedBy(Counter counter) {
            return new CountedDurations() {
                private long count;

                @Override
                public void recordNanos(long nanos) {
                    count++;
                    counter.increment();
                    record(nanos, TimeUnit.NANOSECONDS);
                }

                @Override
                public long count() {
                    return count;
                }
            };
        }
    }
}
