package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The LLM calls to one model of one provider: requests, duration by outcome, tokens, errors, and how many are under way.
 *
 * <p>A request is one <em>attempt</em>, counted when it ends, however it ends; a retry is a new request. All series exist at 0
 * from the moment that this handle is made.
 *
 * <p>Thread-safe. Recording never throws, takes no lock and allocates nothing. Resolve a handle once and keep it.
 */
public final class LlmMeter {
    private final Clock clock;
    private final Rejections rejections;
    private final InProgress inProgress = new InProgress();
    private final CounterSeries promptTokens;
    private final CounterSeries completionTokens;
    private final PerConstant<Outcome, TimedCounter> ends;
    private final PerConstant<ErrorType, CounterSeries> errors;

    LlmMeter(Registrar registrar, String provider, String model) {
        this.clock = registrar.clock();
        this.rejections = registrar.rejections(LoomMeter.LLM_TOKENS.spec());
        this.promptTokens = CounterSeries.register(registrar, LoomMeter.LLM_TOKENS.spec(), provider, model, "prompt");
        this.completionTokens =
                CounterSeries.register(registrar, LoomMeter.LLM_TOKENS.spec(), provider, model, "completion");
        CounterSeries requests = CounterSeries.register(registrar, LoomMeter.LLM_REQUESTS.spec(), provider, model);
        this.ends = new PerConstant<>(Outcome.class, outcome -> {
            TimerSeries duration = TimerSeries.register(
                    registrar, LoomMeter.LLM_REQUEST_DURATION.spec(), provider, model, outcome.label());
            return new TimedCounter(requests, duration);
        });
        for (Outcome outcome : Outcome.values()) {
            inProgress.endsAt(ends.get(outcome)::count);
        }
        this.errors = new PerConstant<>(
                ErrorType.class,
                type -> CounterSeries.register(registrar, LoomMeter.LLM_ERRORS.spec(), provider, model, type.label()));
    }

    /** Starts an attempt; the handle ends it. */
    public LlmCall start() {
        return new LlmCall(this);
    }

    /**
     * Makes a call and records it: its duration, its usage, and how it ended.
     *
     * @param call the call
     * @param usage reads the usage off the reply; null for none. What it throws is counted and goes no further: the reply is
     *     paid for
     * @return the reply
     * @throws X what the call throws, the same instance
     */
    public <T extends @Nullable Object, X extends Exception> T call(
            ThrowingSupplier<T, X> call, Function<? super T, ? extends @Nullable Usage> usage) throws X {
        long startNanos = begin();
        T reply;
        try {
            reply = call.get();
        } catch (Throwable failure) {
            failed(nanosSince(startNanos), CallEnd.of(failure));
            throw failure;
        }
        long elapsedNanos = nanosSince(startNanos);
        succeeded(elapsedNanos, usageOf(reply, usage));
        return reply;
    }

    /** Like {@link #call(ThrowingSupplier, Function)} for a reply that does not say its usage: no tokens are counted. */
    public <T extends @Nullable Object, X extends Exception> T call(ThrowingSupplier<T, X> call) throws X {
        return call(call, reply -> null);
    }

    /**
     * Records an attempt that succeeded; it is in progress for no longer than this call.
     *
     * @param elapsed 0 to 365 days
     * @param usage null where it is not known: then no tokens are counted
     */
    public void record(@Nullable Duration elapsed, @Nullable Usage usage) {
        inProgress.start(); // what ends must have started
        ends.get(Outcome.SUCCESS).record(elapsed);
        recordUsage(usage);
    }

    /** Like {@link #record(Duration, Usage)}, with the duration in nanoseconds. */
    public void recordNanos(long elapsedNanos, @Nullable Usage usage) {
        inProgress.start();
        succeeded(elapsedNanos, usage);
    }

    /**
     * Records an attempt that failed; it is in progress for no longer than this call.
     *
     * @param elapsed 0 to 365 days
     * @param type why it failed; null counts as {@link ErrorType#OTHER}
     */
    public void recordFailure(@Nullable Duration elapsed, @Nullable ErrorType type) {
        inProgress.start();
        ends.get(Outcome.ERROR).record(elapsed); // first: there are never more errors than requests
        errors.get(type == null ? ErrorType.OTHER : type).increment();
    }

    /**
     * Records an attempt that the caller gave up on, which is no error; it is in progress for no longer than this call.
     *
     * @param elapsed 0 to 365 days
     */
    public void recordCancelled(@Nullable Duration elapsed) {
        inProgress.start();
        ends.get(Outcome.CANCELLED).record(elapsed);
    }

    InProgress inProgress() {
        return inProgress;
    }

    /** Begins an attempt; {@return the time} */
    long begin() {
        inProgress.start();
        return clock.monotonicTime();
    }

    long nanosSince(long startNanos) {
        return clock.monotonicTime() - startNanos;
    }

    void succeeded(long elapsedNanos, @Nullable Usage usage) {
        if (usage == null) {
            ends.get(Outcome.SUCCESS).recordNanos(elapsedNanos);
        } else {
            succeeded(elapsedNanos, usage.promptTokens(), usage.completionTokens());
        }
    }

    /** Takes no object, so that the compiler need not make one where this is too big for it to inline. */
    private void succeeded(long elapsedNanos, long promptTokens, long completionTokens) {
        ends.get(Outcome.SUCCESS).recordNanos(elapsedNanos);
        recordTokens(promptTokens, completionTokens);
    }

    void failed(long elapsedNanos, CallEnd end) {
        ends.get(end.outcome()).recordNanos(elapsedNanos);
        if (end.errorType() != null) {
            errors.get(end.errorType()).increment();
        }
    }

    private void recordUsage(@Nullable Usage usage) {
        if (usage != null) {
            recordTokens(usage.promptTokens(), usage.completionTokens());
        }
    }

    private void recordTokens(long prompt, long completion) {
        promptTokens.increment((double) prompt);
        completionTokens.increment((double) completion);
    }

    private <T extends @Nullable Object> @Nullable Usage usageOf(
            T reply, Function<? super T, ? extends @Nullable Usage> usage) {
        try {
            return usage.apply(reply);
        } catch (RuntimeException | LinkageError | AssertionError e) { // the reply is paid for
            rejections.reject(Reason.USAGE_FUNCTION, e);
            return null;
        }
    }
}
