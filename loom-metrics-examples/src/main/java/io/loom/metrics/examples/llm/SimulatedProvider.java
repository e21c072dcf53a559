package io.loom.metrics.examples.llm;

import io.loom.metrics.examples.llm.SimulatedModel.Failure;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A model without a provider: answers like one, with its latency, its token counts, its failures and its rate limit.
 *
 * <p>Thread-safe. The n-th attempt within the limit depends on the seed, on n and on the prompt only, whatever the threads do.
 */
public final class SimulatedProvider implements LlmProvider {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int CHUNKS = 8;
    /** Of an answer's time goes by before its first chunk. */
    private static final double THINKING_SHARE = 0.3;

    /** More than the traffic can ask for; who sends more is refused, as by real ones. */
    private static final long REQUESTS_PER_MINUTE = 60_000;

    private final SimulatedModel model;
    private final RequestLimit limit;
    private final Pause pause;
    private final AtomicLong seeds;

    SimulatedProvider(SimulatedModel model, RequestLimit limit, long seed, Pause pause) {
        this.model = model;
        this.limit = limit;
        this.pause = pause;
        // Far apart, or the n-th attempt of one model would be the next of another.
        this.seeds = new AtomicLong(new SplittableRandom(seed ^ model.model().hashCode()).nextLong());
    }

    /**
     * {@return the models that the service calls where it is given no others}
     *
     * @param failures 0 to 1: how many of the attempts fail
     * @param clock of the minutes of rate limits
     */
    public static List<LlmProvider> all(long seed, double failures, Clock clock, Pause pause) {
        return Stream.of(
                        new SimulatedModel("openai", "gpt-4", Duration.ofMillis(600), 0.35, failures),
                        new SimulatedModel("anthropic", "claude-x", Duration.ofMillis(450), 0.4, failures),
                        new SimulatedModel("mistral", "mistral-large", Duration.ofMillis(350), 0.45, failures))
                .<LlmProvider>map(model ->
                        new SimulatedProvider(model, new RequestLimit(REQUESTS_PER_MINUTE, clock), seed, pause))
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
        if (!limit.take()) {
            pause.await(Failure.RATE_LIMIT.latency());
            throw new ProviderException(this, ErrorType.RATE_LIMIT);
        }
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

    @Override
    public RateLimits rateLimits() {
        return limit.told();
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
