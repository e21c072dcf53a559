package io.loom.metrics.prometheus.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * One side of the comparison. Every method records to the same meters on each of them, in the way that its own documentation
 * shows; exemplars are off everywhere. Benchmarks call the classes, not this: a call through an interface costs.
 *
 * <p>Thread-safe.
 */
interface Peer {
    /** Counts with a handle that was kept. */
    void count();

    /** Counts with a handle that is looked up. */
    void count(Labels labels);

    /** Records to 14 buckets with a handle that was kept. */
    void time(long elapsedNanos);

    /** Records to 14 buckets with a handle that is looked up. */
    void time(Labels labels, long elapsedNanos);

    /** A whole request: in progress up, the work, counted by status, its duration, in progress down. */
    void http(Route route, int status, long elapsedNanos);

    /** Like {@link #http}, with the side's own readings of the clock. */
    void timedHttp(Route route, int status);

    /** A whole call that succeeds, with handles that were kept: requests, in progress, duration by outcome, tokens by type. */
    void llm(long elapsedNanos, long prompt, long completion);

    /** Like {@link #llm(long, long, long)}, with handles that are looked up. */
    void llm(Model model, long elapsedNanos, long prompt, long completion);

    /** Like {@link #llm(long, long, long)}, with the side's own readings of the clock. */
    void timedLlm(long prompt, long completion);

    /**
     * Makes the series of a benchmark from the words themselves, so that a copy of one is identical to nothing that a side has
     * kept. The meters of other benchmarks stay unmade.
     */
    default void meetWords(String benchmark) {
        long elapsedNanos = Draw.nanos(0);
        if (benchmark.contains(".CounterLookedUp.")) {
            Words.LABELS.forEach(this::count);
        } else if (benchmark.contains(".TimerLookedUp.")) {
            Words.LABELS.forEach(labels -> time(labels, elapsedNanos));
        } else if (benchmark.contains(".HttpEventMixed.")) {
            meet(Words.MIXED_ROUTES, elapsedNanos);
        } else if (benchmark.contains(".HttpEvent")) {
            meet(Words.ROUTES, elapsedNanos);
        } else if (benchmark.contains(".LlmEvent")) {
            Words.MODELS.forEach(model -> llm(model, elapsedNanos, 1, 1));
        }
    }

    private void meet(List<Route> routes, long elapsedNanos) {
        routes.forEach(route -> Draw.statuses().forEach(status -> http(route, status, elapsedNanos)));
    }

    /** {@return all samples that are not 0, by name and sorted labels, in the notation of the text format} */
    Map<String, Double> samples();
}
