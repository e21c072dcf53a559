package io.loom.metrics.examples.llm;

import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.binder.LoomStreamingChatModel;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The pace of a stream, over a real connection: stub and client take turns, and only the stub moves the clock, so that what is
 * measured is exactly what the stub was told to wait.
 */
class StreamPaceTest {
    private static final Duration FIRST = Duration.ofMillis(400);
    private static final Duration GAP = Duration.ofMillis(150);
    private static final Duration STALL = Duration.ofSeconds(6);
    private static final long PATIENCE_SECONDS = 60;

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final Semaphore read = new Semaphore(0);

    @AutoClose
    private OpenAiStub stub;

    @BeforeEach
    void start() throws IOException {
        stub = new OpenAiStub();
    }

    @Test
    void stream_ofScriptedDelays_hasExactlyTheirPace() throws Exception {
        stub.tellsSlowly(Usage.of(20, 9), word -> pass(word == 0 ? FIRST : GAP), "Once ", "upon ", "a ", "time.");

        assertThat(tell().aiMessage().text()).isEqualTo("Once upon a time.");

        assertTimed("loom.llm.time.to.first.token", Duration.ofMillis(400));
        assertTimed("loom.llm.time.per.output.token", Duration.ofNanos(56_250_000)); // 3 gaps, 8 tokens after the first
        assertTimed("loom.llm.request.duration", Duration.ofMillis(850));
        assertThat(count("loom.llm.stream.stalls")).isZero();
        assertThat(loom).llm("openai", "gpt-4").hasRequests(1).hasTokens(20, 9).hasInProgress(0);
    }

    @Test
    void stream_withALongGap_hasStalled() throws Exception {
        stub.tellsSlowly(Usage.of(20, 2), word -> pass(word == 0 ? FIRST : STALL), "Once ", "more.");

        tell();

        assertThat(count("loom.llm.stream.stalls")).isEqualTo(1);
        assertThat(count("loom.llm.slow.streams")).isEqualTo(1);
        assertTimed("loom.llm.time.per.output.token", STALL);
    }

    /** Waits until the client has read all that was sent, and then lets time go by. */
    private void pass(Duration delay) {
        try {
            boolean first = delay.equals(FIRST);
            assertThat(first || read.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        clock.add(delay);
    }

    private ChatResponse tell() throws Exception {
        StreamingChatModel model = LoomStreamingChatModel.of(
                OpenAiStreamingChatModel.builder()
                        .baseUrl(stub.url().toString())
                        .apiKey("a key")
                        .modelName("gpt-4")
                        .httpClientBuilder(new LimitedHttpClientBuilder(
                                HttpClient.newBuilder(), Duration.ofSeconds(PATIENCE_SECONDS)))
                        .build(),
                loom);
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        model.chat("Tell.", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                read.release();
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void assertTimed(String name, Duration once) {
        Timer timer = registry.get(name).timers().stream()
                .filter(candidate -> candidate.count() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo((double) once.toNanos());
    }

    private double count(String name) {
        return registry.get(name).counter().count();
    }
}
