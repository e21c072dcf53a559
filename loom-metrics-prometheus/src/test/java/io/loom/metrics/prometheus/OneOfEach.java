package io.loom.metrics.prometheus;

import io.loom.metrics.Interaction;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Severity;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import java.time.Duration;

/** One event of each kind that {@link LoomMetrics} records. */
final class OneOfEach {
    private OneOfEach() {}

    static void record(LoomMetrics loom) {
        loom.http().record("POST", "/api/v1/generate", 200, Duration.ofMillis(1_250));
        loom.http().start("GET", "/api/v1/stories/{id}");

        LlmMeter model = loom.llm("anthropic", "claude-x");
        model.record(Duration.ofMillis(2_500), Usage.of(120, 300));
        model.recordFailure(Duration.ofMillis(100), ErrorType.RATE_LIMIT);
        model.recordCancelled(Duration.ofSeconds(7));
        model.start();

        loom.cache("response").hit();
        loom.cache("response").miss();
        loom.sessions().open();
        loom.narratives().generated("fantasy", 1_240);
        loom.rules().executed("consistency");
        loom.rules().violated("consistency", Severity.MAJOR);
        loom.interactions().record(Interaction.REGENERATE);
        loom.interactions().record("footnote");
        loom.interactions().rate(4);
        loom.interactions().rate(6);

        loom.counter("custom.drafts", "Drafts.", "kind").with("outline").increment();
        loom.gauge("custom.depth", "Depth.").with().set(0.5);
        loom.timer("custom.drafting", "Drafting.", "kind").with("outline").record(Duration.ofMillis(30));
    }
}
