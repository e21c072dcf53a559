package io.loom.metrics.examples;

import io.loom.metrics.Interaction;
import io.loom.metrics.InteractionMeters;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.RuleType;
import io.loom.metrics.Session;
import io.loom.metrics.Severity;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Pricing;
import io.loom.metrics.llm.Usage;
import java.io.IOException;
import java.time.Duration;

/**
 * A batch of events that is always the same, with an amount of its own for all that a query could mistake for another.
 *
 * <pre>
 *   model       successes                failures            cancelled
 *   north-1     13 in 0.2 s, 4 in 4 s    3                   5, with 101 tokens each
 *   north-new   2 in 1.5 s               1
 *   south-1     6 in 0.05 s, 5 in 50 s   13, with 78 tokens  7
 *   south-new   3 in 6 s                 2
 * </pre>
 */
record KnownBatch(LoomMetrics loom) {
    static final Pricing PRICES = Pricing.parse("""
            model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
            north-1,0,1000,3000,,,
            south-1,0,2000,5000,,,
            """);

    private static final Duration FAST = Duration.ofMillis(10);
    private static final Duration LATE = Duration.ofSeconds(100);

    void record() {
        priced();
        unpriced();
        retries();
        narratives();
        interactions();
        sessions();
    }

    private void priced() {
        LlmMeter north = loom.llm("north", "north-1");
        times(13, () -> north.record(Duration.ofMillis(200), Usage.of(1009, 211)));
        times(4, () -> north.record(Duration.ofSeconds(4), Usage.of(1009, 211)));
        times(3, () -> north.recordFailure(FAST, ErrorType.TIMEOUT));
        times(5, () -> north.start().cancel(Usage.of(101, 0)));
        LlmMeter south = loom.llm("south", "south-1");
        times(6, () -> south.record(Duration.ofMillis(50), Usage.of(503, 307)));
        times(5, () -> south.record(Duration.ofSeconds(50), Usage.of(503, 307)));
        IOException cut = new IOException("cut off");
        times(13, () -> south.start().fail(cut, failure -> ErrorType.NETWORK, Usage.of(37, 41)));
        times(7, () -> south.recordCancelled(LATE));
    }

    private void unpriced() {
        LlmMeter north = loom.llm("north", "north-new");
        times(2, () -> north.record(Duration.ofMillis(1500), Usage.of(19, 23)));
        times(1, () -> north.recordFailure(FAST, ErrorType.OVERLOADED));
        LlmMeter south = loom.llm("south", "south-new");
        times(3, () -> south.record(Duration.ofSeconds(6), Usage.of(29, 31)));
        times(2, () -> south.recordFailure(FAST, ErrorType.OVERLOADED));
    }

    private void retries() {
        LlmMeter north = loom.llm("north", "north-1");
        LlmMeter south = loom.llm("south", "south-1");
        times(2, () -> north.retried(ErrorType.TIMEOUT));
        times(3, () -> south.retried(ErrorType.TIMEOUT));
        times(7, () -> south.retried(ErrorType.RATE_LIMIT));
    }

    private void narratives() {
        times(30, () -> loom.narratives().generated("mystery", 101));
        times(7, () -> loom.narratives().generated("fantasy", 1103));
        times(3, () -> loom.narratives().truncated("fantasy", 401));
        times(3, () -> loom.rules().violated(RuleType.CONSISTENCY.label(), Severity.MINOR));
        times(4, () -> loom.rules().violated(RuleType.CONSISTENCY.label(), Severity.MAJOR));
        times(17, () -> loom.rules().violated(RuleType.TIMELINE_PLOT.label(), Severity.CRITICAL));
    }

    private void interactions() {
        InteractionMeters readers = loom.interactions();
        times(23, () -> readers.record(Interaction.ACCEPT));
        times(29, () -> readers.record(Interaction.EDIT));
        times(31, () -> readers.record(Interaction.REGENERATE));
        times(37, () -> readers.record(Interaction.REJECT));
        times(41, () -> readers.record(Interaction.ABANDON));
        times(43, () -> readers.record(Interaction.COPY));
        times(47, () -> readers.record(Interaction.SHARE));
        times(7, () -> readers.rate(5));
        times(3, () -> readers.rate(2));
    }

    private void sessions() {
        times(3, () -> session(2));
        times(2, () -> session(5));
    }

    private void session(int turns) {
        try (Session session = loom.sessions().open()) {
            times(turns, session::turn);
        }
    }

    private static void times(int number, Runnable event) {
        for (int i = 0; i < number; i++) {
            event.run();
        }
    }
}
