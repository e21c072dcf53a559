package io.loom.metrics.woven;

import io.loom.metrics.annotation.TimedMeter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.LongTaskTimer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The meters of one woven method on one host. Thread-safe. */
final class MethodMeters {
    private static final String[] NO_TAGS = {};

    private final WovenMethod woven;
    private final Host host;
    private final String name;
    private final Clock clock;
    private final WovenMeter[] meters;
    private final WovenLongTask[] longTasks;
    private final TagSource[] tags;

    MethodMeters(WovenMethod woven, Host host, MethodDefinition method) {
        Site site = new Site(host, method);
        List<TimedMeter> timed = method.annotations().timed();
        this.woven = woven;
        this.host = host;
        this.name = method.annotations().anyName();
        this.clock = host.registry().config().clock();
        this.meters = Stream.concat(
                        timed.stream().filter(asked -> !asked.longTask()).map(asked -> new WovenTimer(site, asked)),
                        method.annotations().counted().stream().map(asked -> new WovenCounter(site, asked)))
                .toArray(WovenMeter[]::new);
        this.longTasks = timed.stream()
                .filter(TimedMeter::longTask)
                .map(asked -> new WovenLongTask(site, asked))
                .toArray(WovenLongTask[]::new);
        this.tags = method.tags().toArray(TagSource[]::new);
    }

    Host host() {
        return host;
    }

    long now() {
        return clock.monotonicTime();
    }

    /** {@return the long tasks that a call begins, to be given to {@link #stop}} */
    LongTaskTimer.@Nullable Sample[] start() {
        LongTaskTimer.@Nullable Sample[] started = new LongTaskTimer.@Nullable Sample[longTasks.length];
        for (int i = 0; i < started.length; i++) {
            started[i] = longTasks[i].start();
        }
        return started;
    }

    static void stop(LongTaskTimer.@Nullable Sample[] started) {
        for (LongTaskTimer.Sample task : started) {
            if (task != null) {
                task.stop();
            }
        }
    }

    /** Records a call that needs nothing but its times. Never throws. */
    void ended(long start, @Nullable Throwable thrown) {
        try {
            Outcome outcome = thrown == null ? Outcome.SUCCESS : Outcome.failure(thrown);
            ended(start, outcome, null, null);
        } catch (Throwable e) { // a registry's own
            woven.failed(e);
        }
    }

    /** Records a call. */
    void ended(long start, Outcome outcome, @Nullable Object @Nullable [] arguments, @Nullable Object result) {
        long nanos = now() - start;
        @Nullable String[] values = values(arguments, result);
        for (WovenMeter meter : meters) {
            meter.ended(nanos, outcome, values);
        }
    }

    private @Nullable String[] values(@Nullable Object @Nullable [] arguments, @Nullable Object result) {
        if (tags.length == 0) {
            return NO_TAGS;
        }
        @Nullable String[] values = new @Nullable String[tags.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(tags[i], arguments, result);
        }
        return values;
    }

    private @Nullable String value(TagSource tag, @Nullable Object @Nullable [] arguments, @Nullable Object result) {
        try {
            return tag.value(arguments, result);
        } catch (Throwable e) { // the caller's code
            host.tagFailed(name, e);
            return null;
        }
    }
}
