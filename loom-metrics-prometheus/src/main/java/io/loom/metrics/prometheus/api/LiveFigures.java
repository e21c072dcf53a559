package io.loom.metrics.prometheus.api;

import io.loom.metrics.prometheus.family.Families;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry's figures, with a past of 15 minutes.
 *
 * <p>Thread-safe and lock-free: one thread reads at each step, requests read for themselves, and nobody waits. The past takes
 * memory for what changes: about 250 bytes for each endpoint, and 450 for each model, that is busy in a step. At most 100 of
 * each are kept.
 */
public final class LiveFigures implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveFigures.class);
    private static final String THREAD = "loom-figures";

    private final Families families;
    private final Clock clock;
    private final Duration step;
    private final ScheduledThreadPoolExecutor thread;
    private volatile Past past;

    /**
     * Reads the first time.
     *
     * @param step how long to wait between two readings
     */
    public LiveFigures(Families families, Clock clock, Duration step) {
        this.families = families;
        this.clock = clock;
        this.step = step;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, THREAD);
            daemon.setDaemon(true);
            return daemon;
        });
        this.past = Past.of(read());
    }

    /** Reads after each step from now on, on a thread of its own. Called once. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails is told by the task itself
    public void start() {
        long nanos = step.toNanos();
        thread.scheduleWithFixedDelay(this::trySample, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Takes a step: what the thread does, and whoever did not start it. Called by one thread at a time. */
    public void sample() {
        Past before = past;
        past = before.plus(readAfter(before.last()));
    }

    /** {@return the figures of now, ready to be written} */
    public Document summary() {
        Past before = past;
        Reading now = readAfter(before.last());
        return new Document(json -> Summary.write(new FigureWriter(json, before, now)));
    }

    /** {@return the figures of each step, ready to be written} */
    public Document history() {
        Past before = past;
        return new Document(json -> History.write(json, step, before));
    }

    /** {@return whether a family, or a sample of one, has this name} */
    public boolean hasName(String name) {
        return families.hasName(name);
    }

    /** {@return the series of families as they are on the page, ready to be written} */
    public Document series(Set<String> names) {
        return new Document(
                json -> SeriesWriter.write(json, families.named(names), clock.wallTime(), clock.monotonicTime()));
    }

    /** Ends the thread. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    Reading read() {
        return readAfter(Reading.none());
    }

    /** {@return the figures of now, which share with an earlier reading what did not change} */
    Reading readAfter(Reading earlier) {
        Sheet sheet = new Sheet();
        long nanos = clock.monotonicTime();
        FamilyReader.read(families, sheet, nanos);
        Jvm.read(sheet);
        return sheet.toReading(nanos, clock.wallTime(), earlier);
    }

    /** What a failure costs is one reading: without this, the executor would not come back. */
    private void trySample() {
        try {
            sample();
        } catch (RuntimeException | Error e) {
            log.warn("The figures of a step could not be read, so rates are those of longer spans.", e);
        }
    }
}
