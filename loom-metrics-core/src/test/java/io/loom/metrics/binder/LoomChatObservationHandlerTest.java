package io.loom.metrics.binder;

import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static io.loom.metrics.binder.SpringAi.PROMPT;
import static io.loom.metrics.binder.SpringAi.USAGE;
import static io.loom.metrics.binder.SpringAi.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LlmReadings;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** With the real Spring AI, and the real observations of Micrometer. */
class LoomChatObservationHandlerTest {
    private final SpringAi spring = new SpringAi();

    @Test
    void attempt_underWay_isInProgressUntilItStops() {
        Observation observation = spring.observation();

        assertThat(spring.deltas(observation::start)).isEqualTo(Map.of(LlmReadings.IN_PROGRESS, 1.0));
        assertThat(spring.deltas(observation::stop)).containsEntry(LlmReadings.IN_PROGRESS, -1.0);
    }

    @Test
    void attempt_ofSomeSeconds_isTimedByTheRegistrysClock() {
        spring.answering(() -> {
                    spring.clock.add(Duration.ofMillis(2_500));
                    return answer(USAGE);
                })
                .call(PROMPT);

        Timer durations = spring.registry
                .get("loom.llm.request.duration")
                .tags("model", "claude-x", "outcome", "success")
                .timer();
        assertThat(durations.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2_500);
    }

    @Test
    void stream_startedHereAndEndedOnAnotherThread_isOneAttempt() throws Exception {
        Sinks.Many<ChatResponse> chunks = Sinks.many().unicast().onBackpressureBuffer();
        Sinks.Many<ChatResponse> others = Sinks.many().unicast().onBackpressureBuffer();
        spring.streaming(chunks.asFlux()).stream(PROMPT).subscribe();
        spring.streaming(others.asFlux()).stream(PROMPT).subscribe();

        Thread thread = new Thread(() -> {
            chunks.tryEmitNext(answer(USAGE));
            chunks.tryEmitComplete();
        });
        thread.start();
        thread.join();

        assertThat(spring.loom).llm("anthropic", "claude-x").hasRequests(1).hasTokens(120, 300);
        assertThat(spring.registry.get("loom.llm.requests.in.progress").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void handler_registeredTwice_countsOnce() {
        spring.observations.observationConfig().observationHandler(spring.handler);

        assertThat(spring.deltas(() -> spring.observation().start().stop()))
                .containsEntry(LlmReadings.REQUESTS, 1.0)
                .doesNotContainKey(LlmReadings.IN_PROGRESS);
    }

    @Test
    void handlers_thatLeadToOneMeter_countOnce() {
        spring.observations.observationConfig().observationHandler(LoomChatObservationHandler.of(spring.loom));
        spring.answering(() -> answer(USAGE)).call(PROMPT);
        spring.answering(() -> answer(USAGE)).call(PROMPT);

        assertThat(spring.loom).llm("anthropic", "claude-x").hasRequests(2).hasTokens(240, 600);
    }

    @Test
    void handlers_ofTwoRegistries_countOnceEach() {
        SpringAi other = new SpringAi();
        spring.observations.observationConfig().observationHandler(other.handler);
        spring.answering(() -> answer(USAGE)).call(PROMPT);

        assertThat(spring.loom).llm("anthropic", "claude-x").hasRequests(1).hasTokens(120, 300);
        assertThat(other.loom).llm("anthropic", "claude-x").hasRequests(1).hasTokens(120, 300);
    }

    @Test
    void observations_ofOtherThings_areNotCounted() {
        assertThat(spring.handler.supportsContext(new Observation.Context())).isFalse();
        assertThat(spring.deltas(() -> Observation.start("gen_ai.client.operation", spring.observations)
                        .stop()))
                .isEmpty();
    }

    @Test
    void model_thatTheRequestDoesNotName_isUnknown() {
        spring.answering(() -> answer(USAGE)).call(new Prompt("Once"));

        assertThat(spring.loom).llm("anthropic", "unknown").hasRequests(1).hasTokens(120, 300);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, openai",
        "bedrock_converse, aws.bedrock",
        "google_genai, gcp.gen_ai",
        "vertex_ai, gcp.vertex_ai",
    })
    void provider_hasOpenTelemetrysName(String said, String expected) {
        ChatModelObservationContext context = ChatModelObservationContext.builder()
                .prompt(PROMPT)
                .provider(said)
                .build();
        Observation.createNotStarted("gen_ai.client.operation", () -> context, spring.observations)
                .start();

        assertThat(spring.loom).llm(expected, "claude-x").hasInProgress(1);
    }

    @Test
    void labels_ofTheCallersChoice_areTaken() {
        SpringAi named =
                new SpringAi(handler -> handler.withProvider(context -> "groq").withModel(context -> "llama"));
        named.answering(() -> answer(USAGE)).call(PROMPT);

        assertThat(named.loom).llm("groq", "llama").hasRequests(1).hasTokens(120, 300);
    }

    @Test
    void labels_whoseFunctionThrows_areUnknownAndTheCallIsMade() {
        Function<ChatModelObservationContext, String> hostile = context -> {
            throw new IllegalStateException("no label");
        };
        SpringAi named = new SpringAi(handler -> handler.withProvider(hostile).withModel(hostile));
        ChatResponse answer = answer(USAGE);

        assertThat(named.answering(() -> answer).call(PROMPT)).isSameAs(answer);
        assertThat(named.loom).llm("unknown", "unknown").hasRequests(1);
    }

    @Test
    void page_setUp_worksAsPrinted(@TempDir Path directory) throws Exception {
        SpringAi plain = new SpringAi();
        ObservationRegistry observations = ObservationRegistry.create();
        PrintedSetUp.run(
                directory,
                "spring-ai.md",
                "io.loom.metrics.LoomMetrics loom, io.micrometer.observation.ObservationRegistry observations",
                "null",
                plain.loom,
                observations);
        new ObservedChatModel(observations, "openai", () -> answer(USAGE), Flux.empty()).call(PROMPT);

        assertThat(plain.loom).llm("openai", "claude-x").hasRequests(1).hasTokens(120, 300);
    }
}
