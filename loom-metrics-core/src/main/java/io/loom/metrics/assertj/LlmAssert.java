package io.loom.metrics.assertj;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;

/** Assertions on the calls to one model of one provider. */
public final class LlmAssert {
    private final Readings readings;
    private final String provider;
    private final String model;

    LlmAssert(Readings readings, String provider, String model) {
        this.readings = readings;
        this.provider = provider;
        this.model = model;
    }

    /** Fails unless so many attempts ended, however they ended. */
    public LlmAssert hasRequests(long expected) {
        return has(LoomMeter.LLM_REQUESTS, expected);
    }

    /** Fails unless so many attempts ended this way. */
    public LlmAssert hasEnded(Outcome outcome, long expected) {
        return has(LoomMeter.LLM_REQUEST_DURATION, expected, outcome.label());
    }

    /** Fails unless so many attempts failed for this reason. */
    public LlmAssert hasErrors(ErrorType type, long expected) {
        return has(LoomMeter.LLM_ERRORS, expected, type.label());
    }

    /** Fails where any attempt failed. */
    public LlmAssert hasNoErrors() {
        for (ErrorType type : ErrorType.values()) {
            hasErrors(type, 0);
        }
        return this;
    }

    /** Fails unless so many attempts were made again for this reason. */
    public LlmAssert hasRetries(ErrorType because, long expected) {
        return has(LoomMeter.LLM_RETRIES, expected, because.label());
    }

    /** Fails unless so many tokens were used. */
    public LlmAssert hasTokens(long prompt, long completion) {
        has(LoomMeter.LLM_TOKENS, prompt, "prompt");
        return has(LoomMeter.LLM_TOKENS, completion, "completion");
    }

    /** Fails unless the attempts cost so many dollars, exactly. */
    public LlmAssert hasCostUsd(double expected) {
        readings.requireAmount(LoomMeter.LLM_COST, expected, provider, model);
        return this;
    }

    /** Fails unless so many answers did not say what they used. */
    public LlmAssert hasMissingUsage(long expected) {
        return has(LoomMeter.LLM_USAGE_MISSING, expected);
    }

    /** Fails unless so many answers ended for this reason. */
    public LlmAssert hasFinished(FinishReason reason, long expected) {
        return has(LoomMeter.LLM_FINISH, expected, reason.label());
    }

    /** Fails unless so many attempts are under way. */
    public LlmAssert hasInProgress(long expected) {
        readings.requireGauge(LoomMeter.LLM_REQUESTS_IN_PROGRESS, expected, provider, model);
        return this;
    }

    private LlmAssert has(LoomMeter meter, long expected) {
        readings.requireCount(meter, expected, provider, model);
        return this;
    }

    private LlmAssert has(LoomMeter meter, long expected, String label) {
        readings.requireCount(meter, expected, provider, model, label);
        return this;
    }
}
