package io.loom.metrics.examples.llm;

import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.examples.Eventually;
import io.loom.metrics.llm.ErrorType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that hang in mid-answer. Alone, since it looks at all threads. */
@Isolated
class LimitedHttpClientTest {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final Set<String> READERS = Set.of(LimitedHttpClient.class.getName(), LimitedStream.class.getName());
    private static final Duration LIMIT = Duration.ofMillis(200);
    private static final Duration LONGEST_LIMIT = Duration.ofSeconds(15);

    private LoomMetrics loom = LoomMetrics.of(new SimpleMeterRegistry());

    @ParameterizedTest
    @CsvSource({"true, 200, ': wait'", "true, 500, '{\"erro'", "false, 200, '{\"id\":'", "false, 500, '{\"erro'"})
    void complete_bodyThatHangs_timesOutAndKeepsNoConnectionAndNoThread(boolean streams, int status, String bytes)
            throws Exception {
        Duration limit = LIMIT;
        while (!timesOutInMidAnswer(HangingService.after(status, streams ? EVENTS : JSON, bytes), streams, limit)) {
            limit = limit.multipliedBy(4); // the machine is busy: the service had not begun to answer
            assertThat(limit).isLessThan(LONGEST_LIMIT);
        }
    }

    /** {@return whether the service had begun each answer before the time was up} */
    private boolean timesOutInMidAnswer(HangingService hanging, boolean streams, Duration limit) throws Exception {
        loom = LoomMetrics.of(new SimpleMeterRegistry());
        try (HangingService service = hanging) {
            assertThatThrownBy(() -> client(service, streams, limit).complete("Tell."))
                    .hasMessage("openai/gpt-4: timeout");

            assertThat(loom)
                    .llm("openai", "gpt-4")
                    .hasRequests(3)
                    .hasErrors(ErrorType.TIMEOUT, 3)
                    .hasRetries(ErrorType.TIMEOUT, 2)
                    .hasInProgress(0);
            Eventually.holds("no connection is open", () -> service.open() == 0);
            Eventually.holds("no thread reads on", () -> !anyThreadReads());
            assertThat(service.asked()).isLessThanOrEqualTo(3);
            return service.asked() == 3;
        }
    }

    /** That a reader is seen at all shows what the others are worth. */
    @Test
    void complete_bodyThatHangsWithinTheLimit_isBeingRead() throws Exception {
        try (HangingService service = HangingService.after(200, EVENTS, ": wait")) {
            FutureTask<Completion> telling = new FutureTask<>(
                    () -> client(service, true, Duration.ofMinutes(5)).complete("Tell."));
            Thread reader = new Thread(telling);
            reader.start();
            Eventually.holds("a thread reads", () -> service.open() == 1 && anyThreadReads());

            reader.interrupt(); // before the first chunk, so the connection stays until the limit
            assertThatThrownBy(telling::get).isInstanceOf(ExecutionException.class);
        }
        Eventually.holds("no thread reads on", () -> !anyThreadReads());
    }

    private LlmClient client(HangingService service, boolean streams, Duration limit) {
        ChatService chat = new ChatService(service.url(), "openai", "gpt-4", streams, limit);
        return ChatClients.of(chat, "a key", loom, pause -> {});
    }

    private static boolean anyThreadReads() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> READERS.contains(frame.getClassName()));
    }
}
