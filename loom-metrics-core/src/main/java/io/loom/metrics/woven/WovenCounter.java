package io.loom.metrics.woven;

import io.loom.metrics.annotation.CountedMeter;
import io.loom.metrics.annotation.TagKeys;
import io.loom.metrics.series.SeriesTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.noop.NoopCounter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The counter of one {@code @Counted} of one method. Thread-safe. A series appears when the first call has ended so. */
final class WovenCounter implements WovenMeter {
    private final Site site;
    private final CountedMeter asked;
    private final List<String> keys;
    private final SeriesTable<Counter> series;

    /** The series of calls that return, of a method without tags of its own: nearly all calls. */
    private volatile @Nullable Counter usual;

    WovenCounter(Site site, CountedMeter asked) {
        this.site = site;
        this.asked = asked;
        this.keys = Stream.concat(
                        Stream.of(TagKeys.EXCEPTION, TagKeys.RESULT), site.method().annotations().tagKeys().stream())
                .toList();
        this.series = site.table(asked.name(), keys, this::register);
    }

    @Override
    public void ended(long nanos, Outcome outcome, @Nullable String[] tags) {
        Counter known = usual;
        if (asked.recordFailuresOnly() && !outcome.isFailure()) {
            return;
        }
        if (known != null && outcome.isSuccess()) {
            known.increment();
        } else if (!site.host().isRegistering()) { // which may call woven methods
            find(outcome, tags).increment();
        }
    }

    private Counter find(Outcome outcome, @Nullable String[] tags) {
        Counter counter = Site.find(series, outcome.counterValues(tags));
        if (outcome.isSuccess() && tags.length == 0) {
            usual = counter;
        }
        return counter;
    }

    private Counter register(String... values) {
        Tags tags = site.tags(asked.extraTags(), keys, values);
        String description = asked.description().isEmpty() ? null : asked.description();
        return site.host()
                .register(
                        asked.name(),
                        () -> Counter.builder(asked.name())
                                .description(description)
                                .tags(tags)
                                .register(site.host().registry()),
                        () -> new NoopCounter(new Meter.Id(asked.name(), tags, null, description, Meter.Type.COUNTER)));
    }
}
