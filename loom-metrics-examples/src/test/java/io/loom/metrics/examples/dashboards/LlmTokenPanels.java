package io.loom.metrics.examples.dashboards;

import static io.loom.metrics.catalogue.Label.MODEL;
import static io.loom.metrics.catalogue.Label.OUTCOME;
import static io.loom.metrics.catalogue.Label.PROVIDER;
import static io.loom.metrics.catalogue.Label.TYPE;
import static io.loom.metrics.catalogue.LoomMeter.LLM_BUDGET;
import static io.loom.metrics.catalogue.LoomMeter.LLM_CACHED_TOKENS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_CACHE_WRITE_TOKENS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_COST;
import static io.loom.metrics.catalogue.LoomMeter.LLM_REASONING_TOKENS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_REQUESTS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_TOKENS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_UNPRICED;
import static io.loom.metrics.catalogue.LoomMeter.LLM_USAGE_MISSING;
import static io.loom.metrics.catalogue.LoomMeter.LLM_WASTED_TOKENS;

/** What language models are paid for. */
record LlmTokenPanels(Scope seen) {
    private static final int PER_HOUR = 3600;

    Panel tokensByType() {
        return Panel.graph("Tokens by type", Unit.PER_SECOND)
                .shows(seen.of(LLM_TOKENS).rate().sum(TYPE))
                .stacked();
    }

    Panel tokensByModel() {
        return Panel.graph("Tokens by model", Unit.PER_SECOND)
                .shows(seen.of(LLM_TOKENS).rate().sum(PROVIDER, MODEL))
                .stacked();
    }

    Panel tokenParts() {
        Promql prompt = seen.of(LLM_TOKENS).where(TYPE, "prompt").rate().sum();
        Promql completion = seen.of(LLM_TOKENS).where(TYPE, "completion").rate().sum();
        return Panel.graph("Cached and reasoning tokens", Unit.SHARE)
                .says("Shares of prompt tokens, and reasoning as a share of completion tokens.")
                .showsAs(
                        "read from the cache",
                        seen.of(LLM_CACHED_TOKENS).rate().sum().per(prompt))
                .showsAs(
                        "written to the cache",
                        seen.of(LLM_CACHE_WRITE_TOKENS).rate().sum().per(prompt))
                .showsAs("reasoning", seen.of(LLM_REASONING_TOKENS).rate().sum().per(completion));
    }

    Panel wasted() {
        return Panel.graph("Wasted tokens", Unit.PER_SECOND)
                .says("Paid for, and nothing came of them.")
                .shows(seen.of(LLM_WASTED_TOKENS).rate().sum(OUTCOME));
    }

    Panel costByModel() {
        return Panel.graph("Cost per hour by model", Unit.DOLLARS)
                .shows(seen.of(LLM_COST).rate().sum(PROVIDER, MODEL).times(PER_HOUR))
                .stacked();
    }

    Panel costPerAttempt() {
        return Panel.graph("Cost of an attempt", Unit.DOLLARS)
                .shows(seen.of(LLM_COST)
                        .rate()
                        .sum(PROVIDER, MODEL)
                        .per(seen.of(LLM_REQUESTS).rate().sum(PROVIDER, MODEL)));
    }

    Panel spent() {
        return Panel.stat("Spent", Unit.DOLLARS)
                .says("In the time that is chosen above.")
                .shows(seen.of(LLM_COST).increase().sum());
    }

    Panel budgetLeft() {
        return Panel.stat("Left of the budget", Unit.DOLLARS)
                .says(
                        "After what was spent in the time that is chosen above: choose the time of the budget."
                                + " Where that is longer than Prometheus keeps data, choose the long-term store as data source.")
                .shows(seen.of(LLM_BUDGET)
                        .now()
                        .max()
                        .minus(seen.of(LLM_COST).increase().sum()))
                .atLeast(0)
                .emptyMeans("no budget");
    }

    Panel unpriced() {
        return Panel.stat("Attempts without a price", Unit.COUNT)
                .says("In the time that is chosen above. They are in no cost.")
                .shows(seen.of(LLM_UNPRICED).increase().sum())
                .below(1);
    }

    Panel usageMissing() {
        return Panel.graph("Answers that do not say their usage", Unit.PER_SECOND)
                .shows(seen.of(LLM_USAGE_MISSING).rate().sum(MODEL));
    }
}
