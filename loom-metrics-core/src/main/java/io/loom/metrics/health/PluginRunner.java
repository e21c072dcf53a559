package io.loom.metrics.health;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls one plugin again and again, once at a time, and shows what it gives. All but the plugin's own code runs on the one thread of
 * the loop, where nothing waits for a plugin.
 */
final class PluginRunner {
    /** Backing off ends here, or at the interval where that is longer. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final int MAX_DOUBLINGS = 30;

    private final MonitorPlugin plugin;
    private final PluginSettings settings;
    private final PluginFailures failures;
    private final PublishedSeries shown;
    private final ScheduledExecutorService loop;
    private final Executor workers;
    private int failuresInARow;
    private volatile @Nullable String trouble;

    PluginRunner(
            String name,
            MonitorPlugin plugin,
            PluginSettings settings,
            RegistryWatch watch,
            ScheduledExecutorService loop,
            Executor workers) {
        this.plugin = plugin;
        this.settings = settings;
        this.failures = new PluginFailures(watch.registry(), name);
        this.shown = new PublishedSeries(watch, name);
        this.loop = loop;
        this.workers = workers;
    }

    /** Calls the plugin on a thread of its own. */
    void call() {
        Call call = new Call();
        try {
            call.alarm = loop.schedule(() -> late(call), settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
            workers.execute(() -> hand(Collected.from(plugin, settings.seriesLimit()), call));
        } catch (RejectedExecutionException e) {
            trouble = "the plugins are closed";
        } catch (OutOfMemoryError e) { // no thread is to be had
            call.end();
            fail(OneLine.of(e));
            again();
        }
    }

    /** Shows nothing any more. */
    void clear() {
        shown.clear();
    }

    /** {@return how well the plugin is} While something is wrong with its metrics it is degraded at best. */
    @Nullable
    HealthResult health() throws Exception {
        HealthResult own = plugin.checkHealth();
        String metrics = trouble;
        if (own == null || metrics == null) {
            return own;
        }
        String details = (own.details().isEmpty() ? "" : own.details() + "; ") + "metrics: " + metrics;
        return new HealthResult(own.status().or(HealthStatus.DEGRADED), details);
    }

    private void hand(Collected collected, Call call) {
        try {
            loop.execute(() -> returned(collected, call));
        } catch (RejectedExecutionException e) {
            trouble = "the plugins are closed";
        }
    }

    private void returned(Collected collected, Call call) {
        try {
            if (!call.late) {
                call.end();
                settle(collected);
            }
        } catch (Throwable e) { // the memory ends, or a registry's own: the plugin is to be called again
            fail(OneLine.of(e));
        } finally {
            again();
        }
    }

    private void settle(Collected collected) {
        Wrong wrong = new Wrong();
        collected.trouble().ifPresent(why -> wrong.add(collected.leftOut(), why));
        shown.show(collected.series(), why -> wrong.add(1, why));
        if (collected.failed() || collected.flooded()) {
            wrong.add(1, collected.trouble().orElseThrow());
            failuresInARow++;
        } else {
            failuresInARow = 0;
        }
        trouble = wrong.first;
        if (wrong.first != null) {
            failures.count(wrong.number, wrong.first);
        }
    }

    /** What it gives after this is too old to be shown. */
    private void late(Call call) {
        if (!call.ended) {
            call.late = true;
            fail("it did not give its metrics in " + OneLine.of(settings.timeout())
                    + "; it is not called again until it has returned");
        }
    }

    private void fail(String why) {
        failuresInARow++;
        shown.clear();
        trouble = why;
        failures.count(1, why);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a call keeps what goes wrong to itself
    private void again() {
        try {
            loop.schedule(this::call, pause().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            trouble = "the plugins are closed";
        }
    }

    private Duration pause() {
        return pause(settings.interval(), failuresInARow);
    }

    /** {@return the interval, doubled for each failure in a row, and bounded} */
    static Duration pause(Duration interval, int failuresInARow) {
        Duration longest = interval.compareTo(LONGEST_PAUSE) > 0 ? interval : LONGEST_PAUSE;
        Duration pause = interval.multipliedBy(1L << Math.min(failuresInARow, MAX_DOUBLINGS));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }

    /** A call of the plugin, as the loop sees it. */
    private static final class Call {
        private boolean ended;
        private boolean late;
        private @Nullable Future<?> alarm;

        void end() {
            ended = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    /** What is wrong with one answer. */
    private static final class Wrong {
        private int number;
        private @Nullable String first;

        void add(int more, String why) {
            number += more;
            if (first == null) {
                first = why;
            }
        }
    }
}
