package io.loom.metrics.examples.llm;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.binder.LoomChatModelListener;
import io.loom.metrics.binder.RateLimitHttpClient;
import org.jspecify.annotations.Nullable;

/** Makes clients of services that speak OpenAI's protocol, through LangChain4j. */
public final class ChatClients {
    /** Services of one's own often want no key, and LangChain4j wants one. */
    private static final String NO_KEY = "none";

    private ChatClients() {}

    /**
     * {@return a client of the service; the model's series are on the page from now on}
     *
     * @param key null for none
     */
    public static LlmClient of(ChatService service, @Nullable String key, LoomMetrics loom, Pause pause) {
        LlmMeter meter = loom.llm(service.provider(), service.model());
        LangChain4jAnswers answers = new LangChain4jAnswers(service, meter);
        String used = key == null || key.isBlank() ? NO_KEY : key;
        LlmAttempt attempt = service.streams()
                ? new MeteredAttempt(streaming(service, used, answers), meter)
                : blocking(service, used, meter, answers);
        return new LlmClient(new ModelName(service.provider(), service.model()), attempt, meter, pause);
    }

    private static LlmProvider streaming(ChatService service, String key, LangChain4jAnswers answers) {
        OpenAiStreamingChatModel model = OpenAiStreamingChatModel.builder()
                .baseUrl(service.url().toString())
                .apiKey(key)
                .modelName(service.model())
                .timeout(service.limit())
                .httpClientBuilder(http(service, answers))
                .build();
        return new LangChain4jStream(service, model, answers);
    }

    private static LlmAttempt blocking(ChatService service, String key, LlmMeter meter, LangChain4jAnswers answers) {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(service.url().toString())
                .apiKey(key)
                .modelName(service.model())
                .timeout(service.limit())
                .maxRetries(0) // the client makes attempts again, so that each is seen
                .listeners(LoomChatModelListener.of(meter))
                .httpClientBuilder(http(service, answers))
                .build();
        return new LangChain4jChat(model, answers);
    }

    private static HttpClientBuilder http(ChatService service, LangChain4jAnswers answers) {
        return new LimitedHttpClientBuilder(RateLimitHttpClient.newBuilder(answers::hear), service.limit());
    }
}
