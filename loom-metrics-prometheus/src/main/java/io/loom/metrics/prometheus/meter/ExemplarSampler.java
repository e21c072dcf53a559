package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.Exemplar;
import io.loom.metrics.prometheus.cell.Exemplars;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes exemplars of the span that is current where a value is recorded: if it is sampled, if its ids can stand in every
 * format, and if the one before is old enough. Thread-safe and lock-free, as far as the span context is. Never throws.
 */
public final class ExemplarSampler {
    private static final Logger log = LoggerFactory.getLogger(ExemplarSampler.class);

    /** What OpenMetrics allows all names and values of an exemplar's labels to have. */
    private static final int MAX_LENGTH = 128 - "trace_id".length() - "span_id".length();

    private final SpanContext spans;
    private final Clock clock;
    private final long minIntervalMillis;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Creates a sampler.
     *
     * @param spans knows the current span
     * @param clock tells when a value was recorded
     * @param minInterval how long an exemplar stays at least
     */
    public ExemplarSampler(SpanContext spans, Clock clock, Duration minInterval) {
        this.spans = spans;
        this.clock = clock;
        this.minIntervalMillis = minInterval.toMillis();
    }

    // The meters are made here, so that their classes are not even loaded where there is no sampler.

    LoomCounter counter(Meter.Id id) {
        return new TracedCounter(id, this);
    }

    LoomTimer timer(Meter.Id id, Clock timerClock, BucketTexts buckets, @Nullable Extras extras) {
        return new TracedTimer(id, timerClock, buckets, extras, this);
    }

    LoomSummary summary(Meter.Id id, Clock summaryClock, BucketTexts buckets, double scale, @Nullable Extras extras) {
        return new TracedSummary(id, summaryClock, buckets, scale, extras, this);
    }

    /** Offers a value that is recorded now; the span is marked if it is taken. */
    void offer(double value, Exemplars to, int index) {
        try {
            if (spans.isCurrentSpanSampled()) { // before the clock: it costs less, and most spans are not
                take(value, to, index);
            }
        } catch (Throwable e) {
            Level level = warned.compareAndSet(false, true) ? Level.WARN : Level.DEBUG; // each record comes by here
            log.atLevel(level).setCause(e).log("the span context failed, so there is no exemplar");
        }
    }

    private void take(double value, Exemplars to, int index) {
        Exemplar before = to.at(index);
        long now = clock.wallTime();
        if (before != null && Math.abs(now - before.epochMillis()) < minIntervalMillis) { // a clock may be set back
            return;
        }
        String traceId = spans.getCurrentTraceId();
        String spanId = spans.getCurrentSpanId();
        if (isLegal(traceId)
                && isLegal(spanId)
                && traceId.length() + spanId.length() <= MAX_LENGTH
                && to.replace(index, before, new Exemplar(traceId, spanId, value, now))) {
            spans.markCurrentSpanAsExemplar();
        }
    }

    /** {@return whether an id is of printable ASCII that needs no escape, as those of all tracers are} */
    private static boolean isLegal(@Nullable String id) {
        return id != null && !id.isEmpty() && id.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
    }
}
