package io.loom.metrics.prometheus;

import io.loom.metrics.CacheMeter;
import io.loom.metrics.Interaction;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LlmStream;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.LoomMetricsBuilder;
import io.loom.metrics.Repair;
import io.loom.metrics.Session;
import io.loom.metrics.Severity;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.Pricing;
import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;

/** One event of each kind that {@link LoomMetrics} records. */
final class OneOfEach {
    private static final Pricing PRICES = Pricing.parse("""
            model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
            claude-x,0,3,15,0.3,3.75,
            """);

    private OneOfEach() {}

    /** What all kinds of events need. */
    static LoomMetricsBuilder builder(MeterRegistry registry) {
        return LoomMetrics.builder(registry).pricing(PRICES).budgetUsd(250);
    }

    static void record(LoomMetrics loom) {
        loom.http().record("POST", "/api/v1/generate", 200, Duration.ofMillis(1_250));
        loom.http().start("GET", "/api/v1/stories/{id}");

        LlmMeter model = loom.llm("anthropic", "claude-x");
        model.record(Duration.ofMillis(2_500), Usage.of(120, 300));
        model.recordFailure(Duration.ofMillis(100), ErrorType.RATE_LIMIT);
        model.recordCancelled(Duration.ofSeconds(7));
        model.start();
        LlmStream stream = model.stream();
        stream.chunk();
        stream.usage(new Usage(100, 40, 60, 20, 10));
        stream.cancel();
        model.retried(ErrorType.RATE_LIMIT);
        model.fellBackTo(loom.llm("openai", "gpt-4"));
        model.finished(FinishReason.STOP);
        model.toolCalled(Outcome.SUCCESS);
        model.rateLimits(
                RateLimits.of(Map.of("x-ratelimit-limit-requests", "60", "x-ratelimit-remaining-requests", "59")::get));

        CacheMeter cache = loom.cache("response");
        cache.hit();
        cache.miss();
        cache.evicted();
        cache.loaded(Duration.ofMillis(40));
        cache.entries(() -> 12);
        loom.sessions().open();
        try (Session session = loom.sessions().open()) {
            session.turn();
            session.words(250);
        }
        loom.narratives().generated("fantasy", 1_240, Duration.ofSeconds(9));
        loom.narratives().truncated("fantasy", 300);
        loom.narratives().failed("fantasy", ErrorType.TIMEOUT);
        loom.rules().executed("consistency", Duration.ofMillis(3));
        loom.rules().violated("consistency", Severity.MAJOR);
        loom.rules().repaired("consistency", Repair.FIXED);
        loom.interactions().record(Interaction.REGENERATE);
        loom.interactions().record("footnote");
        loom.interactions().rate(4);
        loom.interactions().rate(6);

        loom.counter("custom.drafts", "Drafts.", "kind").with("outline").increment();
        loom.gauge("custom.depth", "Depth.").with().set(0.5);
        loom.timer("custom.drafting", "Drafting.", "kind").with("outline").record(Duration.ofMillis(30));
    }
}
