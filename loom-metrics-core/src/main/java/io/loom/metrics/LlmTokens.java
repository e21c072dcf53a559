package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.ModelPrice;
import io.loom.metrics.llm.Pricing;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.series.LabelValues;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one model's attempts, and what they cost. Thread-safe; lock-free, and without allocation where no token is
 * cached or of reasoning and there are no prices.
 */
final class LlmTokens {
    /**
     * No attempt has more: a hundred times the largest context there is. One number that is no count of tokens must not bring the
     * sum of the cost to its end.
     */
    private static final long MAX_TOKENS = 1_000_000_000;

    private final CounterSeries prompt;
    private final CounterSeries completion;
    private final Part cached;
    private final Part cacheWrite;
    private final Part reasoning;
    private final CounterSeries missing;
    private final CounterSeries wastedByError;
    private final CounterSeries wastedByCancel;
    private final @Nullable LlmCost cost;

    LlmTokens(Registrar registrar, @Nullable Pricing pricing, String provider, String model) {
        this.prompt = CounterSeries.register(registrar, LoomMeter.LLM_TOKENS.spec(), provider, model, "prompt");
        this.completion = CounterSeries.register(registrar, LoomMeter.LLM_TOKENS.spec(), provider, model, "completion");
        this.cached = Part.register(registrar, LoomMeter.LLM_CACHED_TOKENS, provider, model);
        this.cacheWrite = Part.register(registrar, LoomMeter.LLM_CACHE_WRITE_TOKENS, provider, model);
        this.reasoning = Part.register(registrar, LoomMeter.LLM_REASONING_TOKENS, provider, model);
        this.missing = CounterSeries.register(registrar, LoomMeter.LLM_USAGE_MISSING.spec(), provider, model);
        this.wastedByError =
                CounterSeries.register(registrar, LoomMeter.LLM_WASTED_TOKENS.spec(), provider, model, "error");
        this.wastedByCancel =
                CounterSeries.register(registrar, LoomMeter.LLM_WASTED_TOKENS.spec(), provider, model, "cancelled");
        this.cost = pricing == null ? null : new LlmCost(registrar, pricing, provider, model);
    }

    /** Puts the sum of the cost on the page; for the one instance that all attempts are recorded to. */
    void publish() {
        if (cost != null) {
            cost.publish();
        }
    }

    /** Counts an attempt that does not say what it used. */
    void missing() {
        missing.increment();
    }

    /** Records what an attempt used. Takes no object, so that the compiler need not make one where it does not inline this. */
    void record(
            long promptTokens, long completionTokens, long cachedTokens, long cacheWriteTokens, long reasoningTokens) {
        boolean promptFits = prompt.incrementUpTo(MAX_TOKENS, promptTokens);
        boolean completionFits = completion.incrementUpTo(MAX_TOKENS, completionTokens);
        long ofPrompt = promptFits ? promptTokens : 0;
        boolean cachedFits = cached.record(cachedTokens, ofPrompt);
        boolean cacheWriteFits = cacheWrite.record(cacheWriteTokens, cachedFits ? ofPrompt - cachedTokens : ofPrompt);
        boolean reasoningFits = reasoning.record(reasoningTokens, completionFits ? completionTokens : 0);
        if (cost != null) {
            cost.record(
                    new Usage(promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens),
                    promptFits && completionFits && cachedFits && cacheWriteFits && reasoningFits);
        }
    }

    /** {@return whether an attempt can have so many; if not, they were rejected, and nothing is made of them} */
    static boolean believes(long tokens) {
        return tokens >= 0 && tokens <= MAX_TOKENS;
    }

    /** Counts the tokens as wasted, too: the attempt was cancelled, or else failed. */
    void waste(Usage usage, boolean cancelled) {
        CounterSeries wasted = cancelled ? wastedByCancel : wastedByError;
        wasted.incrementUpTo(MAX_TOKENS, believes(usage.promptTokens()) ? usage.promptTokens() : 0);
        wasted.incrementUpTo(MAX_TOKENS, believes(usage.completionTokens()) ? usage.completionTokens() : 0);
    }

    /** Tokens that are counted elsewhere already. */
    private record Part(CounterSeries series, Rejections rejections) {
        static Part register(Registrar registrar, LoomMeter meter, String provider, String model) {
            return new Part(
                    CounterSeries.register(registrar, meter.spec(), provider, model),
                    registrar.rejections(meter.spec()));
        }

        /** {@return whether there can be so many} */
        boolean record(long tokens, long whole) {
            if (tokens == 0) {
                return true; // nearly always
            }
            if (tokens > whole) {
                rejections.reject(Reason.OUT_OF_RANGE, tokens);
                return false;
            }
            return series.incrementUpTo(whole, tokens);
        }
    }

    /** Dollars, summed up exactly. */
    private static final class LlmCost {
        /** Names that stand for no model, or for many: a pattern that fits them would only guess. */
        private static final Set<String> NAMELESS = Set.of(LabelValues.OTHER, LabelValues.UNKNOWN);

        private final Registrar registrar;
        private final String provider;
        private final String model;
        private final @Nullable ModelPrice price;
        private final CounterSeries unpriced;
        private final Rejections rejections;
        private final SaturatingSum spent = new SaturatingSum();

        LlmCost(Registrar registrar, Pricing pricing, String provider, String model) {
            this.registrar = registrar;
            this.provider = provider;
            this.model = model;
            this.price = NAMELESS.contains(model) ? null : pricing.of(model).orElse(null);
            this.unpriced = CounterSeries.register(registrar, LoomMeter.LLM_UNPRICED.spec(), provider, model);
            this.rejections = registrar.rejections(LoomMeter.LLM_COST.spec());
        }

        void publish() {
            if (price != null) {
                registrar.functionCounter(
                        LoomMeter.LLM_COST.spec(), () -> spent.value() / ModelPrice.UNITS_PER_USD, provider, model);
            }
        }

        void record(Usage usage, boolean plausible) {
            if (price == null) {
                unpriced.increment();
            } else if (plausible) {
                spent.add(price.cost(usage));
            } else {
                rejections.reject(Reason.OUT_OF_RANGE, usage);
            }
        }
    }
}
