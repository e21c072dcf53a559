package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;

/** How the answers of one model arrive that come in chunks. Thread-safe; lock-free. */
final class LlmStreams {
    /** English prose has about so many words for each token. */
    private static final double WORDS_PER_TOKEN = 0.75;

    private static final double NANOS_PER_SECOND = 1e9;

    private final TimerSeries firstToken;
    private final TimerSeries perToken;
    private final CounterSeries stalls;
    private final CounterSeries slow;
    private final long stallNanos;
    private final double readingSpeed;

    LlmStreams(Registrar registrar, LlmSettings settings, String provider, String model) {
        this.firstToken = TimerSeries.register(registrar, LoomMeter.LLM_TIME_TO_FIRST_TOKEN.spec(), provider, model);
        this.perToken = TimerSeries.register(registrar, LoomMeter.LLM_TIME_PER_OUTPUT_TOKEN.spec(), provider, model);
        this.stalls = CounterSeries.register(registrar, LoomMeter.LLM_STREAM_STALLS.spec(), provider, model);
        this.slow = CounterSeries.register(registrar, LoomMeter.LLM_SLOW_STREAMS.spec(), provider, model);
        this.stallNanos = settings.stall().toNanos();
        this.readingSpeed = settings.readingSpeed();
    }

    void first(long elapsedNanos) {
        firstToken.recordNanos(elapsedNanos);
    }

    /** Looks at the time between two chunks, or between the last one and the end. */
    void gap(long nanos) {
        if (nanos > stallNanos) {
            stalls.increment();
        }
    }

    /**
     * Records how fast a whole answer came.
     *
     * @param nanos from the first chunk to the last
     * @param tokens those of the answer that a reader sees
     */
    void whole(long nanos, long tokens) {
        if (tokens > 1) { // the first one was waited for; it tells nothing of the pace
            perToken.recordNanos(nanos / (tokens - 1));
            if (tokens * WORDS_PER_TOKEN < readingSpeed * (nanos / NANOS_PER_SECOND)) {
                slow.increment();
            }
        }
    }
}
