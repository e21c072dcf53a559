package io.loom.metrics.examples.dashboards;

import static io.loom.metrics.catalogue.Label.CACHE_TYPE;
import static io.loom.metrics.catalogue.Label.ENDPOINT;
import static io.loom.metrics.catalogue.Label.METHOD;
import static io.loom.metrics.catalogue.Label.MODEL;
import static io.loom.metrics.catalogue.Label.OUTCOME;
import static io.loom.metrics.catalogue.Label.PROVIDER;
import static io.loom.metrics.catalogue.Label.REVISION;
import static io.loom.metrics.catalogue.Label.STATUS;
import static io.loom.metrics.catalogue.Label.VERSION;
import static io.loom.metrics.catalogue.LoomMeter.BUILD_INFO;
import static io.loom.metrics.catalogue.LoomMeter.CACHE_HITS;
import static io.loom.metrics.catalogue.LoomMeter.CACHE_MISSES;
import static io.loom.metrics.catalogue.LoomMeter.HTTP_REQUESTS;
import static io.loom.metrics.catalogue.LoomMeter.HTTP_REQUESTS_IN_PROGRESS;
import static io.loom.metrics.catalogue.LoomMeter.HTTP_REQUEST_DURATION;
import static io.loom.metrics.catalogue.LoomMeter.LLM_COST;
import static io.loom.metrics.catalogue.LoomMeter.LLM_ERRORS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_REQUESTS;
import static io.loom.metrics.catalogue.LoomMeter.LLM_REQUEST_DURATION;
import static io.loom.metrics.catalogue.LoomMeter.LLM_TIME_TO_FIRST_TOKEN;
import static io.loom.metrics.catalogue.LoomMeter.NARRATIVES_GENERATED;
import static io.loom.metrics.catalogue.LoomMeter.PROCESS_CPU;
import static io.loom.metrics.catalogue.LoomMeter.PROCESS_RESIDENT_MEMORY;
import static io.loom.metrics.catalogue.LoomMeter.PROCESS_START_TIME;
import static io.loom.metrics.catalogue.LoomMeter.SESSIONS_ACTIVE;
import static io.loom.metrics.examples.dashboards.Line.line;
import static io.loom.metrics.examples.dashboards.Objectives.QUANTILE;

import io.loom.metrics.catalogue.Label;
import java.util.List;

/** Is the service there, is it fast, does it fail, what does it need. */
final class OverviewDashboard {
    static final String UID = "loom-overview";

    private static final Scope SEEN = Scope.of(Variable.ENDPOINT);
    /** As in the alerts: many quick answers to probes would hide what readers get. */
    private static final String READERS = "endpoint!~\"/health.*|/metrics\"";

    private static final String NO_PROBES = "Without /health and /metrics.";
    private static final int PER_MINUTE = 60;
    private static final int PER_HOUR = 3600;

    private OverviewDashboard() {}

    static Dashboard make() {
        return new Dashboard(
                UID,
                "LOOM overview",
                "Availability, requests, latency, errors and resources of the service.",
                SEEN.variables(),
                List.of(
                        Row.of("Service", line(up(), requests(), serverErrors(), slowest95(), inProgress(), alerts())),
                        Row.of(
                                "Stories and models",
                                line(stories(), sessions(), attempts(), llmSuccess(), firstToken(), cost())),
                        Row.of(
                                "Requests",
                                line(requestsByEndpoint(), requestsByStatus()),
                                line(errorsByEndpoint(), latency()),
                                line(latencyByEndpoint(), inProgressByEndpoint())),
                        Row.of("Models", line(models(), attemptsByProvider())),
                        Row.of("Resources", line(memory(), cpu(), restarts())),
                        Row.collapsed(
                                "Details",
                                line(latencyMap(), latencyMax()),
                                line(requestsByMethod(), cacheHits(), builds()))));
    }

    private static Panel up() {
        return Panel.stat("Up", Unit.NONE)
                .says("One number for each instance that Prometheus knows of.")
                .shows(Scope.ofService("up").now().by("instance"))
                .atLeast(1)
                .words("down", "up")
                .emptyMeans("no target");
    }

    private static Panel requests() {
        return Panel.stat("Requests", Unit.REQUESTS_PER_SECOND)
                .shows(total().rate().sum());
    }

    private static Panel serverErrors() {
        return Panel.stat("Server errors", Unit.SHARE)
                .says(
                        "Share of readers' requests that were answered with a status of 500 and more. The alert is at 5 %. "
                                + NO_PROBES)
                .shows(failed().where(READERS)
                        .rate()
                        .sum()
                        .per(total().where(READERS).rate().sum()))
                .below(Objectives.ERROR_SHARE);
    }

    private static Panel slowest95() {
        return Panel.stat("Latency p95", Unit.SECONDS)
                .says("95 of 100 requests of readers take no longer. The alert is at 2 seconds. " + NO_PROBES)
                .shows(SEEN.of(HTTP_REQUEST_DURATION).where(READERS).quantile(QUANTILE))
                .below(Objectives.LATENCY_SECONDS)
                .withTraces();
    }

    private static Panel inProgress() {
        return Panel.stat("In progress", Unit.COUNT)
                .shows(SEEN.of(HTTP_REQUESTS_IN_PROGRESS).now().sum());
    }

    private static Panel alerts() {
        return Panel.stat("Alerts firing", Unit.COUNT)
                .says("Alerts that name a job.")
                .shows(new Selector("ALERTS", List.of(Variable.JOB.matcher(), "alertstate=\"firing\""))
                        .now()
                        .countBy()
                        .orZero())
                .below(1);
    }

    private static Panel stories() {
        return Panel.stat("Stories", Unit.PER_MINUTE)
                .shows(SEEN.of(NARRATIVES_GENERATED).rate().sum().times(PER_MINUTE))
                .leadsTo(new Link("Business insights", BusinessDashboard.UID));
    }

    private static Panel sessions() {
        return Panel.stat("Open sessions", Unit.COUNT)
                .shows(SEEN.of(SESSIONS_ACTIVE).now().sum())
                .leadsTo(new Link("Business insights", BusinessDashboard.UID));
    }

    private static Panel attempts() {
        return Panel.stat("LLM attempts", Unit.PER_SECOND)
                .shows(SEEN.of(LLM_REQUESTS).rate().sum())
                .leadsTo(toModels());
    }

    private static Panel llmSuccess() {
        Selector ended = SEEN.of(LLM_REQUEST_DURATION).part("_count");
        return Panel.stat("LLM success", Unit.SHARE)
                .says("Share of attempts that succeed. Cancelled ones are neither a success nor a failure.")
                .shows(ended.where(OUTCOME, "success")
                        .rate()
                        .sum()
                        .per(ended.except(OUTCOME, "cancelled").rate().sum()))
                .atLeast(1 - Objectives.ERROR_SHARE)
                .leadsTo(toModels());
    }

    private static Panel firstToken() {
        return Panel.stat("First token p95", Unit.SECONDS)
                .says("Of streamed answers. The objective is 2 seconds.")
                .shows(SEEN.of(LLM_TIME_TO_FIRST_TOKEN).quantile(QUANTILE))
                .below(Objectives.FIRST_TOKEN_SECONDS)
                .withTraces()
                .leadsTo(toModels());
    }

    private static Panel cost() {
        return Panel.stat("Cost per hour", Unit.DOLLARS)
                .says("At the pace of now. Models without a price cost nothing here.")
                .shows(SEEN.of(LLM_COST).rate().sum().times(PER_HOUR))
                .leadsTo(toModels());
    }

    private static Panel requestsByEndpoint() {
        return Panel.graph("Requests by endpoint", Unit.REQUESTS_PER_SECOND)
                .shows(total().rate().sum(ENDPOINT))
                .stacked();
    }

    private static Panel requestsByStatus() {
        return Panel.graph("Requests by status", Unit.REQUESTS_PER_SECOND)
                .shows(total().rate().sum(STATUS))
                .stacked();
    }

    private static Panel errorsByEndpoint() {
        return Panel.graph("Server errors by endpoint", Unit.SHARE)
                .says("Share of an endpoint's requests that were answered with a status of 500 and more.")
                .shows(failed().rate().sum(ENDPOINT).per(total().rate().sum(ENDPOINT)))
                .below(Objectives.ERROR_SHARE);
    }

    private static Panel latency() {
        Selector duration = SEEN.of(HTTP_REQUEST_DURATION).where(READERS);
        return Panel.graph("Latency", Unit.SECONDS)
                .says("Of readers' requests. " + NO_PROBES)
                .showsAs("p50", duration.quantile(0.5))
                .showsAs("p95", duration.quantile(QUANTILE))
                .showsAs("p99", duration.quantile(0.99))
                .below(Objectives.LATENCY_SECONDS)
                .withTraces();
    }

    private static Panel latencyByEndpoint() {
        return Panel.graph("Latency p95 by endpoint", Unit.SECONDS)
                .shows(SEEN.of(HTTP_REQUEST_DURATION).quantile(QUANTILE, ENDPOINT))
                .below(Objectives.LATENCY_SECONDS)
                .withTraces();
    }

    private static Panel inProgressByEndpoint() {
        return Panel.graph("In progress by endpoint", Unit.COUNT)
                .shows(SEEN.of(HTTP_REQUESTS_IN_PROGRESS).now().sum(ENDPOINT));
    }

    private static Panel models() {
        Label[] model = {PROVIDER, MODEL};
        Promql attempts = SEEN.of(LLM_REQUESTS).increase().sum(model);
        return Panel.table("LLM requests by model")
                .says("In the time that is chosen above.")
                .column("Attempts", Unit.COUNT, attempts)
                .column(
                        "Errors",
                        Unit.SHARE,
                        SEEN.of(LLM_ERRORS).increase().sum(model).per(attempts))
                .column(
                        "p95",
                        Unit.SECONDS,
                        SEEN.of(LLM_REQUEST_DURATION).where(OUTCOME, "success").quantile(QUANTILE, model))
                .column("Cost", Unit.DOLLARS, SEEN.of(LLM_COST).increase().sum(model))
                .leadsTo(toModels());
    }

    private static Panel attemptsByProvider() {
        return Panel.graph("LLM attempts by provider", Unit.PER_SECOND)
                .shows(SEEN.of(LLM_REQUESTS).rate().sum(PROVIDER))
                .stacked();
    }

    private static Panel memory() {
        return Panel.gauge("Resident memory", Unit.BYTES)
                .says("The alert is at 512 MB.")
                .shows(SEEN.of(PROCESS_RESIDENT_MEMORY).now().maxBy("instance"))
                .below(Objectives.MEMORY_BYTES)
                .leadsTo(new Link("System health", SystemDashboard.UID));
    }

    private static Panel cpu() {
        return Panel.graph("Processors used", Unit.NONE)
                .shows(SEEN.of(PROCESS_CPU).rate().sumBy("instance"))
                .leadsTo(new Link("System health", SystemDashboard.UID));
    }

    private static Panel restarts() {
        return Panel.graph("Time since the start", Unit.SECONDS)
                .says("Falls to 0 where an instance starts anew.")
                .shows(Promql.time()
                        .minus(SEEN.of(PROCESS_START_TIME).now().maxBy("instance"))
                        .by("instance"));
    }

    private static Panel latencyMap() {
        return Panel.heatmap("Latency, all requests", Unit.SECONDS)
                .shows(SEEN.of(HTTP_REQUEST_DURATION).part("_bucket").step().sumBy("le"))
                .withTraces();
    }

    private static Panel latencyMax() {
        return Panel.graph("Slowest request of the last minutes", Unit.SECONDS)
                .shows(SEEN.of(HTTP_REQUEST_DURATION).part("_max").now().max(ENDPOINT));
    }

    private static Panel requestsByMethod() {
        return Panel.graph("Requests by method", Unit.REQUESTS_PER_SECOND)
                .shows(total().rate().sum(METHOD));
    }

    private static Panel cacheHits() {
        Promql hits = SEEN.of(CACHE_HITS).rate().sum(CACHE_TYPE);
        return Panel.graph("Cache hits", Unit.SHARE)
                .says("Share of look-ups that the cache answered.")
                .shows(hits.per(hits.plus(SEEN.of(CACHE_MISSES).rate().sum(CACHE_TYPE))));
    }

    private static Panel builds() {
        return Panel.table("Builds of loom-metrics")
                .column("Instances", Unit.COUNT, SEEN.of(BUILD_INFO).now().sum(VERSION, REVISION));
    }

    private static Selector total() {
        return SEEN.of(HTTP_REQUESTS);
    }

    private static Selector failed() {
        return total().where("status=~\"5..\"");
    }

    private static Link toModels() {
        return new Link("LLM performance", LlmDashboard.UID);
    }
}
