package io.loom.metrics.examples;

import static io.loom.metrics.examples.ServiceClient.GENERATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.ServiceClient.Reply;
import io.loom.metrics.examples.llm.HangingService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A model that hangs, and readers who take all the places. */
class NarrativeServiceBusyTest {
    private static final int PLACES = 64;

    @AutoClose("shutdownNow")
    private final ExecutorService readers = Executors.newCachedThreadPool();

    @Test
    void metrics_allPlacesTakenByAHangingModel_answerStill() throws Exception {
        try (HangingService model = HangingService.after(200, "application/json", "{\"id\":");
                NarrativeService service = start(model, "3600")) {
            ServiceClient client = new ServiceClient(service.uri());
            List<Future<Reply>> waiting = takeAllPlaces(client);
            Eventually.holds("all places are taken", () -> model.open() == PLACES);

            Reply refused = client.post(GENERATE, "{\"genre\": \"fantasy\", \"prompt\": \"one more\"}");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("error")).isEqualTo("the service is busy; please try again");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(client.get("/health").status()).isEqualTo(200);
            assertThat(client.metrics().sum("loom_llm_requests_in_progress")).isEqualTo(PLACES);
            Eventually.passes(
                    () -> assertThat(client.metrics().sum("http_requests_in_progress", "endpoint=" + GENERATE))
                            .isEqualTo(PLACES));
            assertThat(waiting).noneMatch(Future::isDone);
        }
    }

    @Test
    void generate_placesThatWereFreedByTheLimit_canBeTakenAgain() throws Exception {
        try (HangingService model = HangingService.after(200, "application/json", "{\"id\":");
                NarrativeService service = start(model, "0.2")) {
            ServiceClient client = new ServiceClient(service.uri());
            List<Future<Reply>> waiting = takeAllPlaces(client);
            for (Future<Reply> answer : waiting) {
                assertThat(answer.get().text("error")).isEqualTo("openai/gpt-4: timeout");
            }

            assertThat(client.post(GENERATE, "{}").status()).isEqualTo(400);
        }
    }

    private static NarrativeService start(HangingService model, String seconds) throws IOException {
        return NarrativeService.start(TestConfig.of(Map.of(
                Setting.LLM_URL, model.url().toString(), Setting.LLM_STREAM, "false", Setting.LLM_LIMIT, seconds)));
    }

    private List<Future<Reply>> takeAllPlaces(ServiceClient client) {
        List<Future<Reply>> waiting = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            String wish = "{\"genre\": \"fantasy\", \"prompt\": \"dragon %d\"}".formatted(i);
            waiting.add(readers.submit(() -> client.post(GENERATE, wish)));
        }
        return waiting;
    }
}
