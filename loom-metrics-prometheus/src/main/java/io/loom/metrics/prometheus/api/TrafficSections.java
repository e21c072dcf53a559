package io.loom.metrics.prometheus.api;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Writes the sections about requests: those that come, and those that go to models. */
final class TrafficSections {
    private TrafficSections() {}

    static void http(FigureWriter out) throws IOException {
        Json json = out.json();
        json.beginObject("http");
        requests(out, Subject.ALL, Figure.HTTP_REQUESTS, Figure.HTTP_ERRORS);
        out.amount("in_progress", Figure.HTTP_IN_PROGRESS, Subject.ALL);
        out.quantiles("duration_seconds", Figure.HTTP_DURATION, Subject.ALL);
        json.beginArray("endpoints");
        for (Subject endpoint : out.busiest(Grouping.ENDPOINT, Figure.HTTP_REQUESTS)) {
            json.beginElement();
            out.labels(endpoint);
            requests(out, endpoint, Figure.HTTP_REQUESTS, Figure.HTTP_ERRORS);
            out.quantiles("duration_seconds", Figure.HTTP_DURATION, endpoint);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    static void llm(FigureWriter out) throws IOException {
        Json json = out.json();
        json.beginObject("llm");
        calls(out, Subject.ALL);
        out.amount("budget_usd", Figure.LLM_BUDGET, Subject.ALL);
        errors(out);
        json.beginArray("models");
        for (Subject model : out.busiest(Grouping.MODEL, Figure.LLM_REQUESTS)) {
            json.beginElement();
            out.labels(model);
            calls(out, model);
            rateLimits(out, model);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private static void requests(FigureWriter out, Subject subject, Figure requests, Figure errors) throws IOException {
        out.amount("requests_total", requests, subject);
        out.perSecond("requests_per_second", requests, subject);
        out.ratio("error_ratio", errors, subject, requests);
    }

    private static void calls(FigureWriter out, Subject subject) throws IOException {
        requests(out, subject, Figure.LLM_REQUESTS, Figure.LLM_ERRORS);
        out.amount("in_progress", Figure.LLM_IN_PROGRESS, subject);
        out.quantiles("duration_seconds", Figure.LLM_DURATION, subject);
        out.quantiles("time_to_first_token_seconds", Figure.LLM_FIRST_TOKEN, subject);
        out.json().beginObject("tokens_total");
        out.amount("prompt", Figure.LLM_PROMPT_TOKENS, subject);
        out.amount("completion", Figure.LLM_COMPLETION_TOKENS, subject);
        out.json().endObject();
        out.json().beginObject("tokens_per_second");
        out.perSecond("prompt", Figure.LLM_PROMPT_TOKENS, subject);
        out.perSecond("completion", Figure.LLM_COMPLETION_TOKENS, subject);
        out.json().endObject();
        out.amount("cost_usd_total", Figure.LLM_COST, subject);
        out.perHour("cost_usd_per_hour", Figure.LLM_COST, subject);
    }

    /** Writes the types of errors that ever occurred. */
    private static void errors(FigureWriter out) throws IOException {
        ToDoubleFunction<Subject> total = type -> out.now().amount(Figure.LLM_ERRORS, type);
        out.json().beginObject("errors_per_second");
        for (Subject type : out.busiest(Grouping.ERROR_TYPE, Figure.LLM_ERRORS)) {
            if (total.applyAsDouble(type) > 0) {
                out.perSecond(type.values().get(0), Figure.LLM_ERRORS, type);
            }
        }
        out.json().endObject();
    }

    private static void rateLimits(FigureWriter out, Subject model) throws IOException {
        List<Subject> limits = out.now().subjects(Grouping.RATE_LIMIT).stream()
                .filter(model::leads)
                .sorted(Comparator.comparing(TrafficSections::resource))
                .toList();
        out.json().beginArray("rate_limit");
        for (Subject limit : limits) {
            out.json().beginElement();
            out.json().text("resource", resource(limit));
            out.amount("remaining", Figure.RATE_LIMIT_REMAINING, limit);
            out.amount("limit", Figure.RATE_LIMIT_WHOLE, limit);
            out.json().endObject();
        }
        out.json().endArray();
    }

    private static String resource(Subject limit) {
        return limit.values().get(limit.values().size() - 1);
    }
}
