package io.loom.metrics.prometheus.api;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A figure that is told step by step. */
enum Course {
    HTTP_REQUESTS_PER_SECOND(rate(Figure.HTTP_REQUESTS)),
    HTTP_ERROR_RATIO(ratio(Figure.HTTP_ERRORS, Figure.HTTP_REQUESTS)),
    HTTP_P95_SECONDS(p95(Figure.HTTP_DURATION)),
    HTTP_IN_PROGRESS(amount(Figure.HTTP_IN_PROGRESS)),
    LLM_REQUESTS_PER_SECOND(rate(Figure.LLM_REQUESTS)),
    LLM_ERROR_RATIO(ratio(Figure.LLM_ERRORS, Figure.LLM_REQUESTS)),
    LLM_P95_SECONDS(p95(Figure.LLM_DURATION)),
    LLM_TOKENS_PER_SECOND(rate(Figure.LLM_TOKENS)),
    LLM_COST_USD_PER_HOUR(span -> 3_600 * span.rate(Figure.LLM_COST, Subject.ALL)),
    CACHE_HIT_RATIO(ratio(Figure.CACHE_HITS, Figure.CACHE_HITS, Figure.CACHE_MISSES)),
    SESSIONS_ACTIVE(amount(Figure.SESSIONS_ACTIVE)),
    NARRATIVES_PER_SECOND(rate(Figure.NARRATIVES_GENERATED)),
    WORDS_PER_SECOND(rate(Figure.NARRATIVES_WORDS)),
    RATING_MEAN(span -> span.mean(Figure.RATINGS, Subject.ALL)),
    RULES_PER_SECOND(rate(Figure.RULES_EXECUTED)),
    VIOLATION_RATIO(ratio(Figure.RULES_VIOLATIONS, Figure.RULES_EXECUTED)),
    RESIDENT_MEMORY_BYTES(amount(Figure.RESIDENT_MEMORY)),
    HEAP_USED_BYTES(span -> Jvm.heapUsed(span.to())),
    CPU_CORES_USED(rate(Figure.CPU_SECONDS)),
    THREADS(span -> Jvm.threads(span.to()));

    private final String label;
    private final transient ToDoubleFunction<Span> figure;

    Course(ToDoubleFunction<Span> figure) {
        this.label = name().toLowerCase(Locale.ROOT);
        this.figure = figure;
    }

    String label() {
        return label;
    }

    /** {@return what it was in a step, or at its end; NaN where that is not known} */
    double during(Span step) {
        return figure.applyAsDouble(step);
    }

    private static ToDoubleFunction<Span> amount(Figure figure) {
        return span -> span.amount(figure, Subject.ALL);
    }

    private static ToDoubleFunction<Span> rate(Figure figure) {
        return span -> span.rate(figure, Subject.ALL);
    }

    private static ToDoubleFunction<Span> ratio(Figure part, Figure... wholes) {
        return span -> span.ratio(part, Subject.ALL, wholes);
    }

    private static ToDoubleFunction<Span> p95(Figure figure) {
        return span -> span.quantile(0.95, figure, Subject.ALL);
    }
}
