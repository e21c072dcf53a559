package io.loom.metrics.binder;

import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.loom.metrics.Readings;
import io.loom.metrics.TestLoom;
import io.loom.metrics.llm.ErrorType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's set-up as printed, with the real OpenAI models against a stub that speaks the protocol. */
class LangChain4jPageTest {
    private static final String USAGE = """
            "usage":{"prompt_tokens":120,"completion_tokens":300,"total_tokens":420,\
            "prompt_tokens_details":{"cached_tokens":100},"completion_tokens_details":{"reasoning_tokens":200}}""";

    private final TestLoom test = TestLoom.create();
    private HttpServer provider;
    private int status = 200;
    private String contentType = "application/json";
    private String body;

    @TempDir
    private Path directory;

    @BeforeEach
    void startProvider() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", this::answer);
        provider.start();
    }

    @AfterEach
    void stopProvider() {
        provider.stop(0);
    }

    @Test
    void setUp_beforeTheFirstCall_hasEverySeriesAtZero() throws Exception {
        TestLoom resolved = TestLoom.create();
        resolved.loom().llm("openai", "gpt-4");

        models();

        assertThat(Readings.of(test.registry())).isEqualTo(Readings.of(resolved.registry()));
        assertThat(test.count("loom.llm.errors", "provider", "openai", "model", "gpt-4", "error_type", "rate_limit"))
                .isZero();
    }

    @Test
    void setUp_blockingCall_isMetered() throws Exception {
        body =
                "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4-0613\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"Once\"},\"finish_reason\":\"length\"}],"
                        + USAGE + "}";

        assertThat(((ChatModel) models().get(0)).chat("Tell me a story")).isEqualTo("Once");

        assertThat(test.loom()).llm("openai", "gpt-4").hasRequests(1).hasTokens(120, 300);
        assertThat(test.count("loom.llm.cached.tokens")).isEqualTo(100);
        assertThat(test.count("loom.llm.reasoning.tokens")).isEqualTo(200);
        assertThat(test.count("loom.llm.finish", "finish_reason", "length")).isOne();
    }

    @Test
    void setUp_stream_isMetered() throws Exception {
        contentType = "text/event-stream";
        body = event("\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Once\"}}]")
                + event("\"choices\":[{\"index\":0,\"delta\":{\"content\":\" upon\"}}]")
                + event("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]")
                + event("\"choices\":[]," + USAGE)
                + "data: [DONE]\n\n";

        assertThat(streamed().aiMessage().text()).isEqualTo("Once upon");

        assertThat(test.loom()).llm("openai", "gpt-4").hasRequests(1).hasTokens(120, 300);
        assertThat(test.timer("loom.llm.time.to.first.token").count()).isOne();
        assertThat(test.timer("loom.llm.time.per.output.token").count()).isOne();
        assertThat(test.count("loom.llm.reasoning.tokens")).isEqualTo(200);
        assertThat(test.count("loom.llm.finish", "finish_reason", "stop")).isOne();
    }

    @Test
    void setUp_quotaThatIsSpent_isToldFromARateLimit() throws Exception {
        status = 429;
        body = "{\"error\":{\"message\":\"m\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}";

        ChatModel chat = (ChatModel) models().get(0);
        assertThatThrownBy(() -> chat.chat("Tell me a story")).isInstanceOf(RateLimitException.class);
        assertThatThrownBy(this::streamed).hasCauseInstanceOf(RateLimitException.class);

        assertThat(test.loom())
                .llm("openai", "gpt-4")
                .hasRequests(2)
                .hasErrors(ErrorType.QUOTA_EXHAUSTED, 2)
                .hasErrors(ErrorType.RATE_LIMIT, 0);
    }

    private ChatResponse streamed() throws Exception {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        ((StreamingChatModel) models().get(1)).chat("Tell me a story", new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        return whole.get(1, TimeUnit.MINUTES);
    }

    private List<?> models() throws Exception {
        return (List<?>) PrintedSetUp.run(
                directory,
                "langchain4j.md",
                "io.loom.metrics.LoomMetrics loom, String url, String key",
                "java.util.List.of(chat, stream)",
                test.loom(),
                "http://localhost:" + provider.getAddress().getPort() + "/v1",
                "no key");
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String event(String fields) {
        return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4-0613\","
                + fields + "}\n\n";
    }
}
