package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What a service might tell by its JSON: all members, with figures that follow from the time alone, so that any moment can be
 * told later as well.
 */
final class StubFigures {
    static final long STEP_SECONDS = 5;
    /** A label value may be anything. */
    static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static final int MOST_POINTS = 180;
    /** How long the service ran before it began to remember. */
    private static final double BEFORE_SECONDS = 11_530;

    private static final double MIB = 1024 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private final Instant born;

    /** @param born when the service began to remember */
    StubFigures(Instant born) {
        this.born = born;
    }

    JsonNode now(Instant time) {
        Wave wave = new Wave(born, time);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("version", 1);
        figures.put("time", time.toString());
        figures.put("uptime_seconds", seconds(time) - seconds(born) + BEFORE_SECONDS);
        figures.put("build", Map.of("version", "0.1.0", "revision", "17542bf"));
        figures.put("http", http(wave));
        figures.put("llm", llm(wave));
        figures.put("cache", with(cache(wave), "types", List.of(with(cache(wave), "cache_type", "response"))));
        figures.put("sessions", sessions(wave));
        figures.put("narratives", narratives(wave));
        figures.put("interactions", interactions(wave));
        figures.put("rules", with(rules(wave), "types", List.of(with(rules(wave), "rule_type", "consistency"))));
        figures.put("process", process(wave));
        figures.put("jvm", jvm(wave));
        figures.put("library", library(wave));
        return JSON.valueToTree(figures);
    }

    JsonNode history(Instant time) {
        long last = time.getEpochSecond() / STEP_SECONDS * STEP_SECONDS;
        long first = Math.max(born.getEpochSecond(), last - (MOST_POINTS - 1) * STEP_SECONDS);
        List<Long> times = LongStream.iterate(last, t -> t >= first, t -> t - STEP_SECONDS)
                .sorted()
                .boxed()
                .toList();
        Map<String, List<Double>> values = new LinkedHashMap<>();
        bases().forEach((name, base) -> values.put(
                name,
                times.stream()
                        .map(t -> new Wave(born, Instant.ofEpochSecond(t)).at(name, base))
                        .toList()));
        return JSON.valueToTree(Map.of("version", 1, "step_seconds", STEP_SECONDS, "times", times, "values", values));
    }

    private static Map<String, Object> http(Wave wave) {
        Map<String, Object> http = traffic(wave, "http", 40, 0.02, 0.12);
        List<Object> endpoints = new ArrayList<>();
        for (String route : List.of("POST /api/v1/generate", "GET /api/v1/stories/{id}", "POST /api/v1/sessions")) {
            String[] parts = route.split(" ", 2);
            Map<String, Object> endpoint = traffic(wave, route, 12, 0.02, 0.12);
            endpoint.put("method", parts[0]);
            endpoint.put("endpoint", parts[1]);
            endpoints.add(endpoint);
        }
        return with(http, "endpoints", endpoints);
    }

    private static Map<String, Object> llm(Wave wave) {
        Map<String, Object> llm = model(wave, "llm", 9);
        llm.put("budget_usd", 500);
        llm.put(
                "errors_per_second",
                Map.of("rate_limit", wave.windowed("rate_limit", 0.04), "timeout", wave.windowed("timeout", 0.009)));
        List<Object> models = new ArrayList<>();
        for (String name : List.of("anthropic claude-x", "openai gpt-4", "ollama llama-small")) {
            String[] parts = name.split(" ", 2);
            Map<String, Object> model = model(wave, name, 3);
            model.put("provider", parts[0]);
            model.put("model", parts[1]);
            model.put(
                    "rate_limit", List.of(Map.of("resource", "tokens", "remaining", wave.total(40), "limit", 90_000)));
            models.add(model);
        }
        return with(llm, "models", models);
    }

    private static Map<String, Object> model(Wave wave, String name, double rate) {
        Map<String, Object> model = traffic(wave, name, rate, 0.03, 2.4);
        model.put("time_to_first_token_seconds", wave.quantiles(name + "first", 0.4));
        model.put("tokens_total", Map.of("prompt", wave.total(900), "completion", wave.total(700)));
        model.put(
                "tokens_per_second",
                Map.of(
                        "prompt", wave.windowed(name + "prompt", rate * 100),
                        "completion", wave.windowed(name + "completion", rate * 70)));
        model.put("cost_usd_total", wave.total(0.02));
        model.put("cost_usd_per_hour", wave.windowed(name + "cost", rate * 1.7));
        return model;
    }

    private static Map<String, Object> traffic(Wave wave, String name, double rate, double errors, double duration) {
        Map<String, Object> traffic = new LinkedHashMap<>();
        traffic.put("requests_total", wave.total(rate));
        traffic.put("requests_per_second", wave.windowed(name, rate));
        traffic.put("error_ratio", wave.windowed(name + "errors", errors));
        traffic.put("in_progress", Math.round(wave.at(name + "open", 6)));
        traffic.put("duration_seconds", wave.quantiles(name, duration));
        return traffic;
    }

    private static Map<String, Object> cache(Wave wave) {
        return new LinkedHashMap<>(Map.of(
                "hit_ratio", wave.windowed("hits", 0.6),
                "hits_total", wave.total(6),
                "misses_total", wave.total(4),
                "entries", Math.round(wave.at("entries", 800))));
    }

    private static Map<String, Object> sessions(Wave wave) {
        return new LinkedHashMap<>(Map.of(
                "active", Math.round(wave.at("active", 30)),
                "opened_total", wave.total(0.4),
                "opened_per_second", wave.windowed("opened", 0.4),
                "expired_total", wave.total(0.01),
                "duration_seconds", wave.quantiles("session", 240),
                "turns_mean", wave.windowed("turns", 7)));
    }

    private static Map<String, Object> narratives(Wave wave) {
        List<Object> genres = new ArrayList<>();
        for (String genre : List.of("fantasy", "奇幻", HOSTILE)) {
            genres.add(Map.of(
                    "genre", genre,
                    "generated_total", wave.total(2),
                    "generated_per_second", wave.windowed(genre, 2),
                    "words_total", wave.total(900)));
        }
        return new LinkedHashMap<>(Map.of(
                "generated_total", wave.total(6),
                "generated_per_second", wave.windowed("told", 6),
                "words_total", wave.total(2_700),
                "words_per_second", wave.windowed("words", 2_700),
                "failed_total", wave.total(0.1),
                "failed_ratio", wave.windowed("failed", 0.01),
                "duration_seconds", wave.quantiles("telling", 5),
                "genres", genres));
    }

    private static Map<String, Object> interactions(Wave wave) {
        return new LinkedHashMap<>(Map.of(
                "per_second", Map.of("accept", wave.windowed("accept", 2), "edit", wave.windowed("edit", 0.5)),
                "ratings_total", wave.total(0.7),
                "rating_mean", wave.windowed("rating", 3),
                "satisfaction_score", wave.at("score", 3)));
    }

    private static Map<String, Object> rules(Wave wave) {
        return new LinkedHashMap<>(Map.of(
                "executed_total", wave.total(12),
                "executed_per_second", wave.windowed("rules", 12),
                "violations_total", wave.total(0.3),
                "violation_ratio", wave.windowed("broken", 0.03)));
    }

    private static Map<String, Object> process(Wave wave) {
        return new LinkedHashMap<>(Map.of(
                "resident_memory_bytes", Math.round(wave.at("resident", 240 * MIB)),
                "virtual_memory_bytes", Math.round(wave.at("virtual", 3_000 * MIB)),
                "cpu_seconds_total", wave.total(0.4),
                "cpu_cores_used", wave.windowed("cpu", 0.4),
                "open_fds", Math.round(wave.at("fds", 90)),
                "max_fds", 1_048_576,
                "start_time", "2026-01-01T00:00:00Z"));
    }

    private static Map<String, Object> jvm(Wave wave) {
        return new LinkedHashMap<>(Map.of(
                "heap_used_bytes", Math.round(wave.at("heap", 90 * MIB)),
                "heap_max_bytes", 256 * MIB,
                "threads", Math.round(wave.at("threads", 40)),
                "gc_pause_seconds_total", wave.total(0.001),
                "gc_pause_ratio", wave.windowed("gc", 0.004)));
    }

    private static Map<String, Object> library(Wave wave) {
        return new LinkedHashMap<>(Map.of(
                "series", Math.round(wave.at("series", 700)),
                "overflow_total", wave.total(0.01),
                "rejected_total", wave.total(0.02),
                "plugin_failures_total", wave.total(0.001)));
    }

    private static Map<String, Double> bases() {
        Map<String, Double> bases = new LinkedHashMap<>(Map.of(
                "http_requests_per_second", 40.0,
                "http_error_ratio", 0.02,
                "http_p95_seconds", 0.3,
                "http_in_progress", 6.0,
                "llm_requests_per_second", 9.0,
                "llm_error_ratio", 0.03,
                "llm_p95_seconds", 6.0,
                "llm_tokens_per_second", 1_500.0,
                "llm_cost_usd_per_hour", 15.0,
                "cache_hit_ratio", 0.6));
        bases.putAll(Map.of(
                "sessions_active", 30.0,
                "narratives_per_second", 6.0,
                "words_per_second", 2_700.0,
                "rating_mean", 3.0,
                "rules_per_second", 12.0,
                "violation_ratio", 0.03,
                "resident_memory_bytes", 240 * MIB,
                "heap_used_bytes", 90 * MIB,
                "cpu_cores_used", 0.4,
                "threads", 40.0));
        return bases;
    }

    private static Map<String, Object> with(Map<String, Object> object, String name, Object value) {
        object.put(name, value);
        return object;
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1e3;
    }

    /** A moment of figures that go up and down by half at most, each at its own time. */
    private record Wave(Instant born, Instant time) {
        double at(String name, double base) {
            double wave = 0.3 * sine(name, 240) + 0.15 * sine(name + name, 70) + 0.05 * sine(name, 17);
            return base * (1 + wave);
        }

        private double sine(String name, double periodSeconds) {
            return Math.sin(seconds(time) / periodSeconds * 2 * Math.PI + name.hashCode() % 7);
        }

        /** Only grows. */
        double total(double rate) {
            return (seconds(time) - seconds(born) + BEFORE_SECONDS) * rate;
        }

        Map<String, Double> windowed(String name, double base) {
            return Map.of("1m", at(name + 1, base), "5m", at(name + 5, base), "15m", at(name + 15, base));
        }

        Map<String, Map<String, Double>> quantiles(String name, double median) {
            Map<String, Map<String, Double>> windows = new LinkedHashMap<>();
            windowed(name, median)
                    .forEach((window, p50) -> windows.put(
                            window, Map.of("p50", p50, "p95", 2.5 * p50, "p99", 4 * p50, "mean", 1.2 * p50)));
            return windows;
        }
    }
}
