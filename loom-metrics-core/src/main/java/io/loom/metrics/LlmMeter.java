package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.series.LabelValues;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The LLM calls to one model of one provider: requests, duration by outcome, tokens, cost, errors, streams, and how many are
 * under way.
 *
 * <p>A request is one <em>attempt</em>, counted when it ends, however it ends; a retry is a new request. All series with known
 * labels exist at 0 from the moment that this handle is made.
 *
 * <p>Thread-safe. Recording never throws and takes no lock; for plain calls it allocates nothing. Resolve a handle once and keep
 * it.
 */
public final class LlmMeter {
    private final LlmMeters family;
    private final String provider;
    private final String model;
    private final Clock clock;
    private final Rejections rejections;
    private final LlmEnds ends;
    private final LlmTokens tokens;
    private final LlmStreams streams;
    private final LlmLimits limits;
    private final PerConstant<FinishReason, CounterSeries> finishes;
    private final PerConstant<Outcome, CounterSeries> toolCalls;
    private final PerConstant<ErrorType, CounterSeries> retries;

    LlmMeter(LlmMeters family, Registrar registrar, LlmSettings settings, String provider, String model) {
        this.family = family;
        this.provider = provider;
        this.model = model;
        this.clock = registrar.clock();
        this.rejections = registrar.rejections(LoomMeter.LLM_TOKENS.spec());
        this.ends = new LlmEnds(registrar, provider, model);
        this.tokens = new LlmTokens(registrar, settings.pricing(), provider, model);
        this.streams = new LlmStreams(registrar, settings, provider, model);
        this.limits = new LlmLimits(registrar, provider, model);
        this.finishes = new PerConstant<>(
                FinishReason.class, reason -> registered(registrar, LoomMeter.LLM_FINISH, reason.label()));
        this.toolCalls = new PerConstant<>(
                Outcome.class, outcome -> registered(registrar, LoomMeter.LLM_TOOL_CALLS, outcome.label()));
        this.retries =
                new PerConstant<>(ErrorType.class, type -> registered(registrar, LoomMeter.LLM_RETRIES, type.label()));
    }

    private CounterSeries registered(Registrar registrar, LoomMeter meter, String label) {
        return CounterSeries.register(registrar, meter.spec(), provider, model, label);
    }

    /** Starts an attempt; the handle ends it. */
    public LlmCall start() {
        return new LlmCall(this);
    }

    /** Starts an attempt whose answer comes in chunks; the handle ends it. */
    public LlmStream stream() {
        return new LlmStream(this);
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
            failed(nanosSince(startNanos), classify(failure));
            throw failure;
        }
        long elapsedNanos = nanosSince(startNanos);
        succeeded(elapsedNanos, usageOf(reply, usage));
        return reply;
    }

    /** Like {@link #call(ThrowingSupplier, Function)} for a reply that does not say its usage: it is counted as missing. */
    public <T extends @Nullable Object, X extends Exception> T call(ThrowingSupplier<T, X> call) throws X {
        return call(call, reply -> null);
    }

    /**
     * Makes a call whose reply comes later, and records it when it does. The clock starts before the call is made.
     *
     * @param call makes the call; what it throws is recorded, and leaves unchanged
     * @param usage reads the usage off the reply; null for none
     * @return the very stage that {@code call} returned, so that cancelling it works; it counts as cancelled then
     */
    public <T extends @Nullable Object, S extends CompletionStage<T>> S callAsync(
            Supplier<S> call, Function<? super T, ? extends @Nullable Usage> usage) {
        LlmCall attempt = start();
        S stage;
        try {
            stage = call.get();
        } catch (Throwable failure) {
            attempt.fail(failure);
            throw failure;
        }
        try {
            stage.whenComplete((reply, failure) -> {
                if (failure == null) {
                    attempt.succeed(usageOf(reply, usage));
                } else {
                    attempt.fail(failure);
                }
            });
        } catch (Throwable e) { // no stage, or one that cannot be watched
            attempt.close();
        }
        return stage;
    }

    /**
     * Records an attempt that succeeded; it is in progress for no longer than this call.
     *
     * @param elapsed 0 to 365 days
     * @param usage null where it is not known: it is counted as missing, and not as 0
     */
    public void record(@Nullable Duration elapsed, @Nullable Usage usage) {
        ends.start(); // what ends must have started
        ends.succeeded(elapsed);
        recordUsage(usage);
    }

    /** Like {@link #record(Duration, Usage)}, with the duration in nanoseconds. */
    public void recordNanos(long elapsedNanos, @Nullable Usage usage) {
        ends.start();
        ends.succeeded(elapsedNanos);
        recordUsage(usage);
    }

    /**
     * Like {@link #record(Duration, Usage)} for an attempt without a cache and without reasoning, in numbers alone: there is no
     * object that a compiler has to do away with.
     *
     * @param elapsedNanos 0 to 365 days
     * @param promptTokens 0 to a billion
     * @param completionTokens 0 to a billion
     */
    public void recordNanos(long elapsedNanos, long promptTokens, long completionTokens) {
        ends.start();
        ends.succeeded(elapsedNanos);
        tokens.record(promptTokens, completionTokens, 0, 0, 0);
    }

    /**
     * Records an attempt that failed; it is in progress for no longer than this call.
     *
     * @param elapsed 0 to 365 days
     * @param type why it failed; null counts as {@link ErrorType#OTHER}
     */
    public void recordFailure(@Nullable Duration elapsed, @Nullable ErrorType type) {
        ends.start();
        ends.failed(elapsed, CallEnd.failed(type));
    }

    /**
     * Records an attempt that the caller gave up on, which is no error; it is in progress for no longer than this call.
     *
     * @param elapsed 0 to 365 days
     */
    public void recordCancelled(@Nullable Duration elapsed) {
        ends.start();
        ends.failed(elapsed, CallEnd.CANCELLED);
    }

    /** Counts why an answer ended; null counts as {@link FinishReason#OTHER}. */
    public void finished(@Nullable FinishReason reason) {
        finishes.get(reason == null ? FinishReason.OTHER : reason).increment();
    }

    /** Counts a tool that the model asked for and that was run; null counts as {@link Outcome#ERROR}. */
    public void toolCalled(@Nullable Outcome outcome) {
        toolCalls.get(outcome == null ? Outcome.ERROR : outcome).increment();
    }

    /**
     * Counts that an attempt is made again. The new attempt is a request of its own.
     *
     * @param because why the one before failed; null counts as {@link ErrorType#OTHER}
     */
    public void retried(@Nullable ErrorType because) {
        retries.get(because == null ? ErrorType.OTHER : because).increment();
    }

    /** Counts that another model is asked instead of this one; null counts as {@code unknown}. */
    public void fellBackTo(@Nullable LlmMeter other) {
        String toProvider = other == null ? LabelValues.UNKNOWN : other.provider;
        String toModel = other == null ? LabelValues.UNKNOWN : other.model;
        family.fallback(provider, model, toProvider, toModel).increment();
    }

    /**
     * {@return what {@code reply} says of its usage}; null where it does not say
     *
     * @param usage reads the usage off the reply; what it throws is counted and goes no further
     */
    public <T extends @Nullable Object> @Nullable Usage usageOf(
            T reply, Function<? super T, ? extends @Nullable Usage> usage) {
        try {
            return usage.apply(reply);
        } catch (Throwable e) { // also a checked one of Kotlin; the reply is paid for
            rejections.reject(Reason.USAGE_FUNCTION, e);
            return null;
        }
    }

    /** Shows what the last answer said of the caller's rate limits; what it did not say stays as it was. */
    public void rateLimits(@Nullable RateLimits said) {
        if (said != null) {
            limits.show(said);
        }
    }

    /** This is the meter that everybody gets for its provider and model. */
    void publish() {
        tokens.publish();
    }

    double inProgress() {
        return ends.inProgress();
    }

    LlmStreams streams() {
        return streams;
    }

    /** Begins an attempt; {@return the time} */
    long begin() {
        ends.start();
        return clock.monotonicTime();
    }

    long nanoTime() {
        return clock.monotonicTime();
    }

    long nanosSince(long startNanos) {
        return clock.monotonicTime() - startNanos;
    }

    CallEnd classify(@Nullable Throwable failure) {
        return Apart.classify(family, failure);
    }

    CallEnd classify(
            @Nullable Throwable failure, Function<? super Throwable, ? extends @Nullable ErrorType> alsoKnown) {
        return Apart.classify(family, failure, alsoKnown);
    }

    void succeeded(long elapsedNanos, @Nullable Usage usage) {
        if (usage == null) {
            Apart.succeeded(ends, tokens, elapsedNanos);
        } else {
            Apart.succeeded(
                    ends,
                    tokens,
                    elapsedNanos,
                    usage.promptTokens(),
                    usage.completionTokens(),
                    usage.cachedTokens(),
                    usage.cacheWriteTokens(),
                    usage.reasoningTokens());
        }
    }

    void failed(long elapsedNanos, CallEnd end) {
        Apart.failed(ends, elapsedNanos, end);
    }

    /** Records what an attempt used that led to nothing. */
    void wasted(@Nullable Usage usage, boolean cancelled) {
        recordUsage(usage);
        if (usage != null) {
            tokens.waste(usage, cancelled);
        }
    }

    private void recordUsage(@Nullable Usage usage) {
        if (usage == null) {
            tokens.missing();
        } else {
            tokens.record(
                    usage.promptTokens(),
                    usage.completionTokens(),
                    usage.cachedTokens(),
                    usage.cacheWriteTokens(),
                    usage.reasoningTokens());
        }
    }
}
