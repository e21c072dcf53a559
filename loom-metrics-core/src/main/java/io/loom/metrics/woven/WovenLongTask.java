package io.loom.metrics.woven;

import io.loom.metrics.annotation.TimedMeter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.noop.NoopLongTaskTimer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls under way of one {@code @Timed(longTask = true)} of one method. Thread-safe. */
final class WovenLongTask {
    private final Site site;
    private final TimedMeter asked;
    private volatile @Nullable LongTaskTimer timer;

    WovenLongTask(Site site, TimedMeter asked) {
        this.site = site;
        this.asked = asked;
    }

    /** {@return what is to be stopped when the call ends; null where registering a meter made the call} */
    LongTaskTimer.@Nullable Sample start() {
        LongTaskTimer known = timer;
        if (known == null) {
            if (site.host().isRegistering()) {
                return null;
            }
            known = register();
            timer = known;
        }
        return known.start();
    }

    private LongTaskTimer register() {
        Tags tags = site.tags(asked.extraTags(), List.of());
        String description = asked.description().isEmpty() ? null : asked.description();
        return site.host()
                .register(
                        asked.name(),
                        () -> LongTaskTimer.builder(asked.name())
                                .description(description)
                                .tags(tags)
                                .register(site.host().registry()),
                        () -> new NoopLongTaskTimer(
                                new Meter.Id(asked.name(), tags, null, description, Meter.Type.LONG_TASK_TIMER)));
    }
}
