package io.loom.metrics.examples.dashboards;

import static io.loom.metrics.catalogue.Label.FINISH_REASON;
import static io.loom.metrics.catalogue.Label.MODEL;
import static io.loom.metrics.catalogue.Label.OUTCOME;
import static io.loom.metrics.catalogue.Label.PROVIDER;
import static io.loom.metrics.catalogue.LoomMeter.LLM_COST;
import static io.loom.metrics.catalogue.LoomMeter.LLM_FINISH;
import static io.loom.metrics.catalogue.LoomMeter.LLM_REQUESTS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_REQUESTS_IN_PROGRESS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_REQUEST_DURATION;
import static io.loom.metrics.catalogue.LoomMeter.LLM_SLOW_STREAMS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_STREAM_STALLS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_TIME_PER_OUTPUT_TOKEN;
import static io.loom.metrics.catalogue.LoomMeter.LLM_TIME_TO_FIRST_TOKEN;
import static io.loom.metrics.catalogue.LoomMeter.LLM_TOKENS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_TOOL_CALLS;
import static io.loom.metrics.examples.dashboards.Line.line;
import static io.loom.metrics.examples.dashboards.Objectives.QUANTILE;

import java.util.List;

/** What the models are asked, how fast they answer, how they fail, and what they cost. */
final class LlmDashboard {
    static final String UID = "loom-llm";

    private static final Scope SEEN = Scope.of(Variable.PROVIDER, Variable.MODEL);
    private static final LlmErrorPanels FAILURES = new LlmErrorPanels(SEEN);
    private static final LlmTokenPanels TOKENS = new LlmTokenPanels(SEEN);
    private static final int PER_HOUR = 3600;

    private LlmDashboard() {}

    static Dashboard make() {
        return new Dashboard(
                UID,
                "LOOM LLM performance",
                "Requests, response times, errors, rate limits, tokens and costs of language models, by provider and model.",
                SEEN.variables(),
                List.of(
                        Row.of("At a glance", line(attempts(), success(), p95(), firstToken(), tokens(), cost())),
                        Row.of("Requests", line(byProvider(), successByProvider()), line(inProgress(), finishes())),
                        Row.of(
                                "Response time",
                                line(durations(), durationByModel()),
                                line(durationByOutcome(), durationMap())),
                        Row.of("Streams", line(firstTokens(), firstTokenByModel()), line(perToken(), stalls())),
                        Row.of(
                                "Errors",
                                line(FAILURES.errors(), FAILURES.errorShare()),
                                line(FAILURES.retries(), FAILURES.fallbacks())),
                        Row.of(
                                "Rate limits",
                                line(FAILURES.rateLimited(), FAILURES.limitLeft(), FAILURES.limitRemaining())),
                        Row.of(
                                "Tokens",
                                line(TOKENS.tokensByType(), TOKENS.tokensByModel()),
                                line(TOKENS.tokenParts(), TOKENS.wasted())),
                        Row.of(
                                "Costs",
                                line(TOKENS.costByModel(), TOKENS.costPerAttempt()),
                                line(TOKENS.spent(), TOKENS.budgetLeft(), TOKENS.unpriced())),
                        Row.collapsed("Details", line(toolCalls(), FAILURES.givenUp(), TOKENS.usageMissing()))));
    }

    private static Panel attempts() {
        return Panel.stat("Attempts", Unit.PER_SECOND)
                .says("A retry is another attempt.")
                .shows(SEEN.of(LLM_REQUESTS).rate().sum());
    }

    private static Panel success() {
        return Panel.stat("Success", Unit.SHARE)
                .says("Share of attempts that succeed. Cancelled ones are neither a success nor a failure.")
                .shows(ended("success").sum().per(notCancelled().sum()))
                .atLeast(1 - Objectives.ERROR_SHARE);
    }

    private static Panel p95() {
        return Panel.stat("Response time p95", Unit.SECONDS)
                .says("Of attempts that succeed: fast failures flatter.")
                .shows(successes().quantile(QUANTILE))
                .withTraces();
    }

    private static Panel firstToken() {
        return Panel.stat("First token p95", Unit.SECONDS)
                .says("The objective is 2 seconds.")
                .shows(SEEN.of(LLM_TIME_TO_FIRST_TOKEN).quantile(QUANTILE))
                .below(Objectives.FIRST_TOKEN_SECONDS)
                .withTraces();
    }

    private static Panel tokens() {
        return Panel.stat("Tokens", Unit.PER_SECOND)
                .shows(SEEN.of(LLM_TOKENS).rate().sum());
    }

    private static Panel cost() {
        return Panel.stat("Cost per hour", Unit.DOLLARS)
                .says("At the pace of now.")
                .shows(SEEN.of(LLM_COST).rate().sum().times(PER_HOUR));
    }

    private static Panel byProvider() {
        return Panel.graph("Attempts by provider", Unit.PER_SECOND)
                .shows(SEEN.of(LLM_REQUESTS).rate().sum(PROVIDER, MODEL))
                .stacked();
    }

    private static Panel successByProvider() {
        return Panel.graph("Success by provider", Unit.SHARE)
                .shows(ended("success").sum(PROVIDER).per(notCancelled().sum(PROVIDER)))
                .atLeast(1 - Objectives.ERROR_SHARE);
    }

    private static Panel inProgress() {
        return Panel.graph("In progress", Unit.COUNT)
                .shows(SEEN.of(LLM_REQUESTS_IN_PROGRESS).now().sum(PROVIDER, MODEL));
    }

    private static Panel finishes() {
        return Panel.graph("Why answers end", Unit.PER_SECOND)
                .says("An end for length means that an answer was cut off.")
                .shows(SEEN.of(LLM_FINISH).rate().sum(FINISH_REASON))
                .stacked();
    }

    private static Panel durations() {
        return Panel.graph("Response time", Unit.SECONDS)
                .says("Of attempts that succeed.")
                .showsAs("p50", successes().quantile(0.5))
                .showsAs("p95", successes().quantile(QUANTILE))
                .showsAs("p99", successes().quantile(0.99))
                .withTraces();
    }

    private static Panel durationByModel() {
        return Panel.graph("Response time p95 by model", Unit.SECONDS)
                .says("Of attempts that succeed.")
                .shows(successes().quantile(QUANTILE, PROVIDER, MODEL))
                .withTraces();
    }

    private static Panel durationByOutcome() {
        return Panel.graph("Mean time by outcome", Unit.SECONDS)
                .shows(SEEN.of(LLM_REQUEST_DURATION).mean(OUTCOME));
    }

    private static Panel durationMap() {
        return Panel.heatmap("Response time, all attempts", Unit.SECONDS)
                .shows(SEEN.of(LLM_REQUEST_DURATION).part("_bucket").step().sumBy("le"))
                .withTraces();
    }

    private static Panel firstTokens() {
        Selector first = SEEN.of(LLM_TIME_TO_FIRST_TOKEN);
        return Panel.graph("Time to first token", Unit.SECONDS)
                .showsAs("p50", first.quantile(0.5))
                .showsAs("p95", first.quantile(QUANTILE))
                .showsAs("p99", first.quantile(0.99))
                .below(Objectives.FIRST_TOKEN_SECONDS)
                .withTraces();
    }

    private static Panel firstTokenByModel() {
        return Panel.graph("Time to first token p95 by model", Unit.SECONDS)
                .shows(SEEN.of(LLM_TIME_TO_FIRST_TOKEN).quantile(QUANTILE, PROVIDER, MODEL))
                .below(Objectives.FIRST_TOKEN_SECONDS)
                .withTraces();
    }

    private static Panel perToken() {
        return Panel.graph("Time per output token p95 by model", Unit.SECONDS)
                .shows(SEEN.of(LLM_TIME_PER_OUTPUT_TOKEN).quantile(QUANTILE, PROVIDER, MODEL))
                .withTraces();
    }

    private static Panel stalls() {
        return Panel.graph("Stalls and slow streams", Unit.PER_SECOND)
                .showsAs("stalls", SEEN.of(LLM_STREAM_STALLS).rate().sum(MODEL))
                .showsAs("slow", SEEN.of(LLM_SLOW_STREAMS).rate().sum(MODEL));
    }

    private static Panel toolCalls() {
        return Panel.graph("Tool calls by outcome", Unit.PER_SECOND)
                .shows(SEEN.of(LLM_TOOL_CALLS).rate().sum(OUTCOME));
    }

    private static Selector successes() {
        return SEEN.of(LLM_REQUEST_DURATION).where(OUTCOME, "success");
    }

    private static Promql ended(String outcome) {
        return SEEN.of(LLM_REQUEST_DURATION)
                .part("_count")
                .where(OUTCOME, outcome)
                .rate();
    }

    private static Promql notCancelled() {
        return SEEN.of(LLM_REQUEST_DURATION)
                .part("_count")
                .except(OUTCOME, "cancelled")
                .rate();
    }
}
