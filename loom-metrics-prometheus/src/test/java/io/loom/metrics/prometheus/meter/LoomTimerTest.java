package io.loom.metrics.prometheus.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.spi.CountedDurations;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LoomTimerTest {
    private static final BucketTexts BUCKETS = new BucketTexts(HistogramLayout.ofNanos(
            new double[] {5e6, 1e8}, 2, Duration.ofMinutes(1).toNanos()));

    private final MockClock clock = new MockClock();
    private final LoomTimer timer =
            new LoomTimer(new Meter.Id("drafting", Tags.empty(), null, null, Meter.Type.TIMER), clock, BUCKETS, null);

    @Test
    void timer_new_isEmpty() {
        assertThat(timer.count()).isZero();
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isZero();
        assertThat(timer.max(TimeUnit.SECONDS)).isZero();
        assertThat(timer.baseTimeUnit()).isEqualTo(TimeUnit.SECONDS);
    }

    @Test
    void record_durationsOfAnyUnit_addUp() {
        timer.record(5, TimeUnit.MILLISECONDS);
        timer.record(Duration.ofMillis(90));
        timer.record(2, TimeUnit.SECONDS);

        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2_095);
        assertThat(timer.max(TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(timer.buckets()[0]).isOne();
        assertThat(timer.buckets()[1]).isOne();
        assertThat(timer.buckets()[2]).isOne();
    }

    @Test
    void record_negative_isDropped() {
        timer.record(-1, TimeUnit.NANOSECONDS);
        timer.record(Duration.ofNanos(-1));

        assertThat(timer.count()).isZero();
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isZero();
    }

    @Test
    void record_moreThanALongOfNanoseconds_saturates() {
        timer.record(Long.MAX_VALUE, TimeUnit.DAYS);
        timer.record(1, TimeUnit.DAYS);

        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.sumNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void record_work_isTimedByTheClock() throws Exception {
        Callable<String> callable = () -> passing(3, "called");
        Supplier<String> supplier = () -> passing(4, "supplied");

        assertThat(timer.recordCallable(callable)).isEqualTo("called");
        assertThat(timer.record(supplier)).isEqualTo("supplied");
        timer.record(() -> {
            clock.add(5, TimeUnit.MILLISECONDS);
        });

        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(12);
    }

    @Test
    void record_workThatThrows_isTimedAndItsExceptionPasses() {
        IOException checked = new IOException("checked");
        IllegalStateException unchecked = new IllegalStateException("unchecked");
        Runnable runnable = () -> {
            clock.add(1, TimeUnit.MILLISECONDS);
            throw unchecked;
        };
        Supplier<String> supplier = () -> {
            clock.add(1, TimeUnit.MILLISECONDS);
            throw unchecked;
        };

        assertThatThrownBy(() -> timer.recordCallable(() -> {
                    clock.add(1, TimeUnit.MILLISECONDS);
                    throw checked;
                }))
                .isSameAs(checked);
        assertThatThrownBy(() -> timer.record(runnable)).isSameAs(unchecked);
        assertThatThrownBy(() -> timer.record(supplier)).isSameAs(unchecked);

        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3);
    }

    @Test
    void sample_stoppedOnTheTimer_isRecorded() {
        Timer.Sample sample = Timer.start(clock);
        clock.add(7, TimeUnit.MILLISECONDS);
        sample.stop(timer);

        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
    }

    @Test
    void max_whenTheWindowHasPassed_isZeroAndTheTotalStays() {
        timer.record(7, TimeUnit.MILLISECONDS);
        assertThat(timer.max(TimeUnit.MILLISECONDS)).isEqualTo(7);

        clock.add(Duration.ofMinutes(2));

        assertThat(timer.max(TimeUnit.MILLISECONDS)).isZero();
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
    }

    @Test
    void takeSnapshot_hasTheCumulativeBucketsInNanoseconds() {
        timer.record(5, TimeUnit.MILLISECONDS);
        timer.record(6, TimeUnit.MILLISECONDS);
        timer.record(1, TimeUnit.SECONDS);

        HistogramSnapshot snapshot = timer.takeSnapshot();

        assertThat(snapshot.count()).isEqualTo(3);
        assertThat(snapshot.total(TimeUnit.MILLISECONDS)).isEqualTo(1_011);
        assertThat(snapshot.max(TimeUnit.MILLISECONDS)).isEqualTo(1_000);
        assertThat(snapshot.histogramCounts())
                .extracting(CountAtBucket::bucket, CountAtBucket::count)
                .containsExactly(tuple(5e6, 1.0), tuple(1e8, 2.0));
    }

    private <T> T passing(long millis, T result) {
        clock.add(millis, TimeUnit.MILLISECONDS);
        return result;
    }

    @Test
    void countedBy_ourCounter_recordsToBoth() {
        LoomCounter drafts = counter();
        CountedDurations first = timer.countedBy(drafts);
        CountedDurations second = timer.countedSeldomBy(drafts, first);
        first.counted().put(5_000_000);
        second.counted().put(90_000_000);
        timer.record(2, TimeUnit.SECONDS);
        drafts.increment(0.5);

        assertThat(first.countHere()).isOne();
        assertThat(second.countHere()).isOne();
        assertThat(drafts.count()).isEqualTo(2.5);
        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2_095);
        assertThat(timer.max(TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(timer.buckets()[0]).isOne();
        assertThat(timer.buckets()[1]).isOne();
        assertThat(timer.buckets()[2]).isOne();
    }

    @Test
    void countedBy_counterOfAnotherKind_isRefused() {
        Counter theirs = new SimpleMeterRegistry().counter("drafts");

        assertThat(timer.countedBy(theirs)).isNull();
        assertThat(timer.countedSeldomBy(theirs, timer.countedBy(counter()))).isNull();
    }

    @Test
    void countedBy_timerWithPercentiles_isRefused() {
        DistributionStatisticConfig config = DistributionStatisticConfig.builder()
                .percentiles(0.5)
                .build()
                .merge(DistributionStatisticConfig.DEFAULT);
        LoomTimer percentiles =
                new LoomTimer(timer.getId(), clock, BUCKETS, Extras.of(Percentiles.of(clock, config), null));

        assertThat(percentiles.countedBy(counter())).isNull();
        assertThat(percentiles.countedSeldomBy(counter(), timer.countedBy(counter())))
                .isNull();
        percentiles.close();
    }

    private static LoomCounter counter() {
        return new LoomCounter(new Meter.Id("drafts", Tags.empty(), null, null, Meter.Type.COUNTER));
    }
}
