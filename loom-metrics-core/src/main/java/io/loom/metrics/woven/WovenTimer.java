package io.loom.metrics.woven;

import io.loom.metrics.annotation.TagKeys;
import io.loom.metrics.annotation.TimedMeter;
import io.loom.metrics.series.SeriesTable;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.noop.NoopTimer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The timer of one {@code @Timed} of one method. Thread-safe. A series appears when the first call has ended so. */
final class WovenTimer implements WovenMeter {
    private final Site site;
    private final TimedMeter asked;
    private final List<String> keys;
    private final SeriesTable<Timer> series;

    /** The series of calls that return, of a method without tags of its own: nearly all calls. */
    private volatile @Nullable Timer usual;

    WovenTimer(Site site, TimedMeter asked) {
        this.site = site;
        this.asked = asked;
        this.keys = Stream.concat(Stream.of(TagKeys.EXCEPTION), site.method().annotations().tagKeys().stream())
                .toList();
        this.series = site.table(asked.name(), keys, this::register);
    }

    @Override
    public void ended(long nanos, Outcome outcome, @Nullable String[] tags) {
        Timer known = usual;
        if (known != null && outcome.isSuccess()) {
            known.record(nanos, TimeUnit.NANOSECONDS);
        } else if (!site.host().isRegistering()) { // which may call woven methods
            find(outcome, tags).record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private Timer find(Outcome outcome, @Nullable String[] tags) {
        Timer timer = Site.find(series, outcome.timerValues(tags));
        if (outcome.isSuccess() && tags.length == 0) {
            usual = timer;
        }
        return timer;
    }

    private Timer register(String... values) {
        Tags tags = site.tags(asked.extraTags(), keys, values);
        String description = asked.description().isEmpty() ? null : asked.description();
        return site.host()
                .register(
                        asked.name(),
                        () -> Timer.builder(asked.name())
                                .description(description)
                                .tags(tags)
                                .publishPercentileHistogram(asked.histogram())
                                .publishPercentiles(percentiles())
                                .serviceLevelObjectives(objectives())
                                .register(site.host().registry()),
                        () -> new NoopTimer(new Meter.Id(asked.name(), tags, null, description, Meter.Type.TIMER)));
    }

    private double @Nullable [] percentiles() {
        if (asked.percentiles().isEmpty()) {
            return null;
        }
        return asked.percentiles().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private Duration @Nullable [] objectives() {
        if (asked.objectives().isEmpty()) {
            return null;
        }
        return asked.objectives().stream()
                .map(seconds -> Duration.ofNanos((long) (seconds * TimeUnit.SECONDS.toNanos(1))))
                .toArray(Duration[]::new);
    }
}
