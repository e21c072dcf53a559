package io.loom.metrics.examples.dashboards;

import static io.loom.metrics.catalogue.Label.ERROR_TYPE;
import static io.loom.metrics.catalogue.Label.MODEL;
import static io.loom.metrics.catalogue.Label.PROVIDER;
import static io.loom.metrics.catalogue.Label.RESOURCE;
import static io.loom.metrics.catalogue.Label.TO_MODEL;
import static io.loom.metrics.catalogue.LoomMeter.LLM_CANCELLED;
import static io.loom.metrics.catalogue.LoomMeter.LLM_ERRORS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_FALLBACKS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_RATE_LIMIT;
import static io.loom.metrics.catalogue.LoomMeter.LLM_RATE_LIMIT_REMAINING;
import static io.loom.metrics.catalogue.LoomMeter.LLM_REQUESTS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_RETRIES;
import static io.loom.metrics.catalogue.LoomMeter.LLM_UNCLOSED;

/** How attempts at language models fail, and what is left of the rate limits. */
record LlmErrorPanels(Scope seen) {
    Panel errors() {
        return Panel.graph("Errors by type", Unit.PER_SECOND)
                .shows(seen.of(LLM_ERRORS).rate().sum(ERROR_TYPE))
                .stacked();
    }

    Panel errorShare() {
        return Panel.graph("Errors by model", Unit.SHARE)
                .says("Share of attempts that fail.")
                .shows(seen.of(LLM_ERRORS)
                        .rate()
                        .sum(PROVIDER, MODEL)
                        .per(seen.of(LLM_REQUESTS).rate().sum(PROVIDER, MODEL)))
                .below(Objectives.ERROR_SHARE);
    }

    Panel retries() {
        return Panel.graph("Retries by reason", Unit.PER_SECOND)
                .shows(seen.of(LLM_RETRIES).rate().sum(ERROR_TYPE))
                .stacked();
    }

    Panel fallbacks() {
        return Panel.graph("Fallbacks", Unit.PER_SECOND)
                .shows(
                        "{{model}} to {{to_model}}",
                        seen.of(LLM_FALLBACKS).rate().sum(MODEL, TO_MODEL))
                .emptyMeans("none yet");
    }

    Panel rateLimited() {
        return Panel.graph("Attempts that hit a rate limit", Unit.PER_SECOND)
                .shows(seen.of(LLM_ERRORS)
                        .where("error_type=~\"rate_limit|quota_exhausted\"")
                        .rate()
                        .sum(PROVIDER, ERROR_TYPE));
    }

    Panel limitLeft() {
        Promql limit = seen.of(LLM_RATE_LIMIT).now().min(PROVIDER, MODEL, RESOURCE);
        return Panel.graph("Share of the rate limit that is left", Unit.SHARE)
                .says("The least of all instances. Only of providers that say so in their answers.")
                .shows(seen.of(LLM_RATE_LIMIT_REMAINING)
                        .now()
                        .min(PROVIDER, MODEL, RESOURCE)
                        .per(limit))
                .emptyMeans("not told");
    }

    Panel limitRemaining() {
        return Panel.graph("What is left of the rate limit", Unit.COUNT)
                .says("The least of all instances: requests or tokens.")
                .shows(seen.of(LLM_RATE_LIMIT_REMAINING).now().min(PROVIDER, MODEL, RESOURCE))
                .emptyMeans("not told");
    }

    Panel givenUp() {
        return Panel.graph("Cancelled and unclosed", Unit.PER_SECOND)
                .says("Unclosed attempts are a fault of the calling code.")
                .showsAs("cancelled", seen.of(LLM_CANCELLED).rate().sum())
                .showsAs("unclosed", seen.of(LLM_UNCLOSED).rate().sum());
    }
}
