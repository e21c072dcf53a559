package io.loom.metrics.llm;

import java.util.Comparator;
import java.util.List;

/** What the tokens of one model cost, by the size of the prompt. Immutable. */
public final class ModelPrice {
    /** Dollars in the unit of {@link #cost}. */
    public static final double UNITS_PER_USD = 1e12;

    private final List<PriceTier> falling;

    ModelPrice(List<PriceTier> tiers) {
        this.falling = tiers.stream()
                .sorted(Comparator.comparingLong(PriceTier::fromContextTokens).reversed())
                .toList();
    }

    /**
     * {@return what an attempt cost, in trillionths of a dollar, exactly} It saturates at {@link Long#MAX_VALUE}, some nine
     * million dollars.
     *
     * @param usage tokens, none of them negative, and no part more than its whole; cached and cache-write tokens together are no
     *     more than the prompt's
     */
    public long cost(Usage usage) {
        PriceTier tier = tier(usage.promptTokens());
        long uncached = usage.promptTokens() - usage.cachedTokens() - usage.cacheWriteTokens();
        long visible = usage.completionTokens() - usage.reasoningTokens();
        long prompt = sum(product(uncached, tier.prompt()), product(usage.cachedTokens(), tier.cached()));
        long completion = sum(product(visible, tier.completion()), product(usage.reasoningTokens(), tier.reasoning()));
        return sum(sum(prompt, product(usage.cacheWriteTokens(), tier.cacheWrite())), completion);
    }

    /** The list has one that begins at 0. */
    private PriceTier tier(long promptTokens) {
        for (PriceTier tier : falling) {
            if (promptTokens >= tier.fromContextTokens()) {
                return tier;
            }
        }
        return falling.get(falling.size() - 1);
    }

    private static long product(long tokens, long price) {
        long low = tokens * price;
        return Math.multiplyHigh(tokens, price) == 0 && low >= 0 ? low : Long.MAX_VALUE;
    }

    private static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
