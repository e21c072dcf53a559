package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.spi.CountedDurations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The attempts of one model: how many are under way, how they ended and how long they took. Thread-safe; lock-free. */
final class LlmEnds {
    /** Nobody ended it. */
    static final CallEnd UNCLOSED = new CallEnd(Outcome.ERROR, ErrorType.OTHER);

    private final InProgress inProgress = new InProgress();
    private final PerConstant<Outcome, TimedCounter> ends;
    /** Of the outcome that most attempts have; null if the registry has none. */
    private final @Nullable CountedDurations success;

    private final PerConstant<ErrorType, CounterSeries> errors;
    private final CounterSeries cancelled;
    private final CounterSeries unclosed;

    LlmEnds(Registrar registrar, String provider, String model) {
        CounterSeries requests = CounterSeries.register(registrar, LoomMeter.LLM_REQUESTS.spec(), provider, model);
        this.ends = new PerConstant<>(Outcome.class, outcome -> {
            TimerSeries duration = TimerSeries.register(
                    registrar, LoomMeter.LLM_REQUEST_DURATION.spec(), provider, model, outcome.label());
            return TimedCounter.of(requests, duration);
        });
        this.success = ends.get(Outcome.SUCCESS).joint();
        for (Outcome outcome : Outcome.values()) {
            inProgress.endsAt(ends.get(outcome)::count);
        }
        this.errors = new PerConstant<>(
                ErrorType.class,
                type -> CounterSeries.register(registrar, LoomMeter.LLM_ERRORS.spec(), provider, model, type.label()));
        this.cancelled = CounterSeries.register(registrar, LoomMeter.LLM_CANCELLED.spec(), provider, model);
        this.unclosed = CounterSeries.register(registrar, LoomMeter.LLM_UNCLOSED.spec(), provider, model);
    }

    void start() {
        inProgress.start();
    }

    void succeeded(long elapsedNanos) {
        if (success != null && TimerSeries.accepts(elapsedNanos)) {
            success.counted().put(elapsedNanos);
        } else {
            ends.get(Outcome.SUCCESS).recordNanos(elapsedNanos);
        }
    }

    void succeeded(@Nullable Duration elapsed) {
        ends.get(Outcome.SUCCESS).record(elapsed);
    }

    /** The request counts before its error: there are never more errors than requests. */
    void failed(long elapsedNanos, CallEnd end) {
        ends.get(end.outcome()).recordNanos(elapsedNanos);
        because(end);
    }

    void failed(@Nullable Duration elapsed, CallEnd end) {
        ends.get(end.outcome()).record(elapsed);
        because(end);
    }

    double inProgress() {
        return inProgress.value();
    }

    @SuppressWarnings("ReferenceEquality") // the one end that nobody chose
    private void because(CallEnd end) {
        if (end.errorType() == null) {
            cancelled.increment();
        } else {
            errors.get(end.errorType()).increment();
        }
        if (end == UNCLOSED) {
            unclosed.increment();
        }
    }
}
