package io.loom.metrics.prometheus.api;

import java.io.IOException;

/** Writes the sections about what the service does: tell stories to readers. */
final class StorySections {
    private StorySections() {}

    static void cache(FigureWriter out) throws IOException {
        Json json = out.json();
        json.beginObject("cache");
        lookUps(out, Subject.ALL);
        json.beginArray("types");
        for (Subject type : out.busiest(Grouping.CACHE_TYPE, Figure.CACHE_HITS)) {
            json.beginElement();
            out.labels(type);
            lookUps(out, type);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    static void sessions(FigureWriter out) throws IOException {
        out.json().beginObject("sessions");
        out.amount("active", Figure.SESSIONS_ACTIVE, Subject.ALL);
        out.amount("opened_total", Figure.SESSIONS_OPENED, Subject.ALL);
        out.perSecond("opened_per_second", Figure.SESSIONS_OPENED, Subject.ALL);
        out.amount("expired_total", Figure.SESSIONS_EXPIRED, Subject.ALL);
        out.quantiles("duration_seconds", Figure.SESSION_DURATION, Subject.ALL);
        out.mean("turns_mean", Figure.SESSION_TURNS, Subject.ALL);
        out.json().endObject();
    }

    static void narratives(FigureWriter out) throws IOException {
        Json json = out.json();
        json.beginObject("narratives");
        out.amount("generated_total", Figure.NARRATIVES_GENERATED, Subject.ALL);
        out.perSecond("generated_per_second", Figure.NARRATIVES_GENERATED, Subject.ALL);
        out.amount("words_total", Figure.NARRATIVES_WORDS, Subject.ALL);
        out.perSecond("words_per_second", Figure.NARRATIVES_WORDS, Subject.ALL);
        out.amount("failed_total", Figure.NARRATIVES_FAILED, Subject.ALL);
        out.ratio(
                "failed_ratio",
                Figure.NARRATIVES_FAILED,
                Subject.ALL,
                Figure.NARRATIVES_GENERATED,
                Figure.NARRATIVES_TRUNCATED,
                Figure.NARRATIVES_FAILED);
        out.quantiles("duration_seconds", Figure.NARRATIVE_DURATION, Subject.ALL);
        json.beginArray("genres");
        for (Subject genre : out.busiest(Grouping.GENRE, Figure.NARRATIVES_GENERATED)) {
            json.beginElement();
            out.labels(genre);
            out.amount("generated_total", Figure.NARRATIVES_GENERATED, genre);
            out.perSecond("generated_per_second", Figure.NARRATIVES_GENERATED, genre);
            out.amount("words_total", Figure.NARRATIVES_WORDS, genre);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    static void interactions(FigureWriter out) throws IOException {
        Json json = out.json();
        json.beginObject("interactions");
        json.beginObject("per_second");
        for (Subject type : out.busiest(Grouping.INTERACTION_TYPE, Figure.INTERACTIONS)) {
            out.perSecond(type.values().get(0), Figure.INTERACTIONS, type);
        }
        json.endObject();
        Histogram ratings = out.now().histogram(Figure.RATINGS, Subject.ALL);
        json.number("ratings_total", ratings == null ? Double.NaN : ratings.count());
        out.mean("rating_mean", Figure.RATINGS, Subject.ALL);
        out.amount("satisfaction_score", Figure.SATISFACTION, Subject.ALL);
        json.endObject();
    }

    static void rules(FigureWriter out) throws IOException {
        Json json = out.json();
        json.beginObject("rules");
        executions(out, Subject.ALL);
        json.beginArray("types");
        for (Subject type : out.busiest(Grouping.RULE_TYPE, Figure.RULES_EXECUTED)) {
            json.beginElement();
            out.labels(type);
            executions(out, type);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private static void lookUps(FigureWriter out, Subject subject) throws IOException {
        out.ratio("hit_ratio", Figure.CACHE_HITS, subject, Figure.CACHE_HITS, Figure.CACHE_MISSES);
        out.amount("hits_total", Figure.CACHE_HITS, subject);
        out.amount("misses_total", Figure.CACHE_MISSES, subject);
        out.amount("entries", Figure.CACHE_ENTRIES, subject);
    }

    private static void executions(FigureWriter out, Subject subject) throws IOException {
        out.amount("executed_total", Figure.RULES_EXECUTED, subject);
        out.perSecond("executed_per_second", Figure.RULES_EXECUTED, subject);
        out.amount("violations_total", Figure.RULES_VIOLATIONS, subject);
        out.ratio("violation_ratio", Figure.RULES_VIOLATIONS, subject, Figure.RULES_EXECUTED);
    }
}
