package io.loom.metrics.examples.llm;

import io.loom.metrics.examples.llm.SimulatedModel.Failure;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Usage;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A model without a provider: answers like one, with its latency, its token counts and its failures.
 *
 * <p>Thread-safe. The n-th attempt depends on the seed, on n and on the prompt only, whatever the threads do.
 */
public final class SimulatedProvider implements LlmProvider {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int CHUNKS = 8;
    /** Of an answer's time goes by before its first chunk. */
    private static final double THINKING_SHARE = 0.3;

    private static final double FAILURE_SHARE = 0.01;
    private static final List<SimulatedModel> MODELS = List.of(
            new SimulatedModel("openai", "gpt-4", Duration.ofMillis(600), 0.35, FAILURE_SHARE),
            new SimulatedModel("anthropic", "claude-x", Duration.ofMillis(450), 0.4, FAILURE_SHARE),
            new SimulatedModel("mistral", "mistral-large", Duration.ofMillis(350), 0.45, FAILURE_SHARE));

    private final SimulatedModel model;
    private final Pause pause;
    private final AtomicLong seeds;

    SimulatedProvider(SimulatedModel model, long seed, Pause pause) {
        this.model = model;
        this.pause = pause;
        // Far apart, or the n-th attempt of one model would be the next of another.
        this.seeds = new AtomicLong(new SplittableRandom(seed ^ model.model().hashCode()).nextLong());
    }

    /** {@return the models that the service calls where it is given no others} */
    public static List<LlmProvider> all(long seed, Pause pause) {
        return MODELS.stream()
                .<LlmProvider>map(model -> new SimulatedProvider(model, seed, pause))
                .toList();
    }

    @Override
    public String name() {
        return model.provider();
    }

    @Override
    public String model() {
        return model.model();
    }

    @Override
    public Completion complete(String prompt, Runnable chunk) throws ProviderException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seeds.getAndIncrement());
        if (model.fails(random)) {
            Failure failure = Failure.draw(random);
            pause.await(failure.latency());
            throw new ProviderException(this, failure.type());
        }
        deliver(model.latency(random), chunk);
        String text = Prose.write(prompt, random);
        boolean cut = model.cutsOff(random);
        String told = cut ? text.substring(0, text.length() / 2) : text;
        return new Completion(
                told, Usage.of(tokens(prompt), tokens(told)), cut ? FinishReason.LENGTH : FinishReason.STOP);
    }

    private void deliver(Duration latency, Runnable chunk) throws InterruptedException {
        long first = Math.round(latency.toNanos() * THINKING_SHARE);
        pause.await(Duration.ofNanos(first));
        chunk.run();
        Duration gap = latency.minusNanos(first).dividedBy(CHUNKS - 1L);
        for (int sent = 1; sent < CHUNKS; sent++) {
            pause.await(gap);
            chunk.run();
        }
    }

    private static int tokens(String text) {
        return 1 + text.length() / CHARACTERS_PER_TOKEN;
    }
}
