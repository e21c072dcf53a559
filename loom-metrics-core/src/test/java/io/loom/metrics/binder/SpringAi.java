package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Readings;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Loom's meters, told by the handler of what Spring AI observes. The tests' model is {@code claude-x} of {@code anthropic}. */
final class SpringAi {
    static final Prompt PROMPT =
            new Prompt("Once", ChatOptions.builder().model("claude-x").build());
    static final Usage USAGE = new DefaultUsage(120, 300);

    final MockClock clock = new MockClock();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    final ObservationRegistry observations = ObservationRegistry.create();
    final LoomMetrics loom;
    final LoomChatObservationHandler handler;

    SpringAi() {
        this(handler -> handler);
    }

    SpringAi(UnaryOperator<LoomChatObservationHandler> settings) {
        loom = LoomMetrics.builder(registry)
                .processMetrics(false)
                .errorClassifier(failure -> failure instanceof TypedException typed ? typed.type() : null)
                .build();
        handler = settings.apply(LoomChatObservationHandler.of(loom));
        observations.observationConfig().observationHandler(handler);
        loom.llm("anthropic", "claude-x"); // so that its series are there at 0
    }

    ChatModel answering(Supplier<ChatResponse> answer) {
        return new ObservedChatModel(observations, "anthropic", answer, Flux.empty());
    }

    ChatModel streaming(Flux<ChatResponse> chunks) {
        return new ObservedChatModel(observations, "anthropic", () -> null, chunks);
    }

    /** Ends a stream of which the reader has seen a chunk. */
    void afterChunk(BiConsumer<Sinks.Many<ChatResponse>, Disposable> end) {
        Sinks.Many<ChatResponse> chunks = Sinks.many().unicast().onBackpressureBuffer();
        AtomicInteger seen = new AtomicInteger();
        Disposable reader =
                streaming(chunks.asFlux()).stream(PROMPT).subscribe(chunk -> seen.incrementAndGet(), failure -> {});
        chunks.tryEmitNext(chunk()).orThrow();
        assertThat(seen).hasValue(1);
        end.accept(chunks, reader);
    }

    /** The reader waits no longer: by a signal, since there is no waiting in a test. */
    void timedOut(Flux<ChatResponse> chunks) {
        Sinks.Empty<Void> timeUp = Sinks.empty();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        streaming(chunks).stream(PROMPT)
                .timeout(timeUp.asMono(), chunk -> timeUp.asMono())
                .subscribe(chunk -> {}, seen::set);
        timeUp.tryEmitEmpty().orThrow();
        assertThat(seen.get()).isInstanceOf(TimeoutException.class);
    }

    /** An observation as a blocking call makes it, not yet started. */
    Observation observation() {
        return observation(context());
    }

    Observation observation(ChatModelObservationContext context) {
        return ObservedChatModel.observation(context, observations);
    }

    static ChatModelObservationContext context() {
        return ObservedChatModel.context(PROMPT, "anthropic", false);
    }

    /** What {@code event} changes, as {@link Readings} tells it. */
    Map<String, Double> deltas(Runnable event) {
        Map<String, Double> before = Readings.of(registry);
        event.run();
        return Readings.deltas(before, Readings.of(registry));
    }

    /** The one type of error that a call counts which ends by {@code failure}. */
    String errorOf(RuntimeException failure) {
        ChatModel model = answering(() -> {
            throw failure;
        });
        assertThatThrownBy(() -> model.call(PROMPT)).isSameAs(failure);
        return registry.get("loom.llm.errors").counters().stream()
                .filter(counter -> counter.count() == 1)
                .map(counter -> counter.getId().getTag("error_type"))
                .findFirst()
                .orElseThrow();
    }

    static ChatResponse answer(Usage usage) {
        return answer(usage, "end_turn");
    }

    static ChatResponse answer(Usage usage, String finishReason) {
        return response(usage, finishReason);
    }

    /** A part of a streamed answer; only the last one says what was used. */
    static ChatResponse chunk() {
        return response(new EmptyUsage(), "");
    }

    private static ChatResponse response(Usage usage, String finishReason) {
        ChatGenerationMetadata metadata =
                ChatGenerationMetadata.builder().finishReason(finishReason).build();
        return new ChatResponse(
                List.of(new Generation(new AssistantMessage("a word"), metadata)),
                ChatResponseMetadata.builder().usage(usage).build());
    }
}
