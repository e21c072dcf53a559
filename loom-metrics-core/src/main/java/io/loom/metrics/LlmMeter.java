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
    private final CounterSeries requests;
    private final CounterSeries promptTokens;
    private final CounterSeries completionTokens;
    private final PerConstant<Outcome, TimerSeries> durations;
    private final PerConstant<ErrorType, CounterSeries> errors;

    LlmMeter(Registrar registrar, String provider, String model) {
        this.clock = registrar.clock();
        this.rejections = registrar.rejections(LoomMeter.LLM_TOKENS.spec());
        this.requests = CounterSeries.register(registrar, LoomMeter.LLM_REQUESTS.spec(), provider, model);
        this.promptTokens = CounterSeries.register(registrar, LoomMeter.LLM_TOKENS.spec(), provider, model, "prompt");
        this.completionTokens =
                CounterSeries.register(registrar, LoomMeter.LLM_TOKENS.spec(), provider, model, "completion");
        this.durations = new PerConstant<>(
                Outcome.class,
                outcome -> TimerSeries.register(
                        registrar, LoomMeter.LLM_REQUEST_DURATION.spec(), provider, model, outcome.label()));
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
        LlmCall attempt = start();
        T reply;
        try {
            reply = call.get();
        } catch (Throwable failure) {
            attempt.fail(failure);
            throw failure;
        }
        attempt.succeed(usageOf(reply, usage));
        return reply;
    }

    /** Like {@link #call(ThrowingSupplier, Function)} for a reply that does not say its usage: no tokens are counted. */
    public <T extends @Nullable Object, X extends Exception> T call(ThrowingSupplier<T, X> call) throws X {
        return call(call, reply -> null);
    }

    /**
     * Records an attempt that succeeded; it was never in progress.
     *
     * @param elapsed 0 to 365 days
     * @param usage null where it is not known: then no tokens are counted
     */
    public void record(@Nullable Duration elapsed, @Nullable Usage usage) {
        requests.increment();
        durations.get(Outcome.SUCCESS).record(elapsed);
        recordUsage(usage);
    }

    /**
     * Records an attempt that failed; it was never in progress.
     *
     * @param elapsed 0 to 365 days
     * @param type why it failed; null counts as {@link ErrorType#OTHER}
     */
    public void recordFailure(@Nullable Duration elapsed, @Nullable ErrorType type) {
        requests.increment();
        errors.get(type == null ? ErrorType.OTHER : type).increment();
        durations.get(Outcome.ERROR).record(elapsed);
    }

    /**
     * Records an attempt that the caller gave up on, which is no error; it was never in progress.
     *
     * @param elapsed 0 to 365 days
     */
    public void recordCancelled(@Nullable Duration elapsed) {
        requests.increment();
        durations.get(Outcome.CANCELLED).record(elapsed);
    }

    Clock clock() {
        return clock;
    }

    InProgress inProgress() {
        return inProgress;
    }

    void succeeded(long elapsedNanos, @Nullable Usage usage) {
        requests.increment();
        durations.get(Outcome.SUCCESS).recordNanos(elapsedNanos);
        recordUsage(usage);
    }

    void failed(long elapsedNanos, CallEnd end) {
        requests.increment();
        if (end.errorType() != null) {
            errors.get(end.errorType()).increment();
        }
        durations.get(end.outcome()).recordNanos(elapsedNanos);
    }

    private void recordUsage(@Nullable Usage usage) {
        if (usage != null) {
            promptTokens.increment((double) usage.promptTokens());
            completionTokens.increment((double) usage.completionTokens());
        }
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
