package io.loom.metrics.binder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.TokenUsage;
import io.loom.metrics.TestLoom;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that end before their answer does, with the real OpenAI model and a server that closes in good order. */
class LangChain4jBrokenStreamsTest {
    private static final String DELTAS = event("{\"role\":\"assistant\",\"content\":\"Once\"}", "null", "null")
            + event("{\"content\":\" upon \\\"finish_reason\\\": \\\"stop\\\"\"}", "null", "null");
    private static final String DONE = "data: [DONE]\n\n";
    private static final String USAGE = "{\"prompt_tokens\":120,\"completion_tokens\":2,\"total_tokens\":122}";

    private final TestLoom test = TestLoom.create();
    private ServerSocket provider;
    private volatile String body;

    @BeforeEach
    void startProvider() throws IOException {
        provider = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::answerOnce);
        server.setDaemon(true);
        server.start();
    }

    @AfterEach
    void stopProvider() throws IOException {
        provider.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void stream_thatBreaksOff_isAnError(String name, String sent, Map<String, Double> used) throws Exception {
        body = DELTAS + sent;

        Map<String, Double> deltas = test.deltas(this::streamed);

        assertThat(deltas)
                .containsEntry("loom.llm.requests{model=gpt-4,provider=openai}", 1.0)
                .containsEntry("loom.llm.errors{error_type=stream_interrupted,model=gpt-4,provider=openai}", 1.0)
                .containsEntry("loom.llm.request.duration{model=gpt-4,outcome=error,provider=openai} count", 1.0)
                .containsAllEntriesOf(used);
        assertThat(test.sum("loom.llm.errors")).isOne();
        assertThat(test.sum("loom.llm.finish")).isZero();
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    static Stream<Arguments> stream_thatBreaksOff_isAnError() {
        Map<String, Double> missing = Map.of("loom.llm.usage.missing{model=gpt-4,provider=openai}", 1.0);
        return Stream.of(
                arguments("closed", "", missing),
                arguments("an error, with an event's name", "event: error\ndata: {\"error\":{}}\n\n", missing),
                arguments("an error", "data: {\"error\":{\"message\":\"m\",\"type\":\"server_error\"}}\n\n", missing),
                arguments("done, without a reason", DONE, missing),
                arguments(
                        "closed, with the usage so far",
                        event("{\"content\":\" a\"}", "null", USAGE),
                        Map.of(
                                "loom.llm.tokens{model=gpt-4,provider=openai,type=prompt}",
                                120.0,
                                "loom.llm.tokens{model=gpt-4,provider=openai,type=completion}",
                                2.0,
                                "loom.llm.wasted.tokens{model=gpt-4,outcome=error,provider=openai}",
                                122.0)));
    }

    @Test
    void stream_thatBreaksOff_isCompletedForTheCaller() throws Exception {
        body = DELTAS;

        assertThat(streamed().aiMessage().text()).startsWith("Once upon");
    }

    @Test
    void stream_withAReasonThatLangChain4jDoesNotKnow_isWhole() throws Exception {
        body = DELTAS + event("{}", "\"eos\"", "null") + DONE;

        assertThat(streamed().finishReason()).isNull();

        assertThat(test.count("loom.llm.finish", "finish_reason", "other")).isOne();
        assertThat(test.sum("loom.llm.errors")).isZero();
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void usageWithoutReason_isWhole_butForThoseWhoSendItWithEachPart(ModelProvider who) {
        ChatResponse response = ScriptedChatModel.response(new TokenUsage(120, 300), null);

        assertThat(WholeAnswer.is(response, who)).isEqualTo(!who.name().matches("GOOGLE_(AI_|VERTEX_AI_)?GE.*"));
        assertThat(WholeAnswer.is(ScriptedChatModel.response(null, null), who)).isFalse();
        assertThat(WholeAnswer.is(ScriptedChatModel.RESPONSE, who)).isTrue();
    }

    @Test
    void provider_thatIsNotSaid_isNoObstacle() {
        ChatResponse nothing =
                ChatResponse.builder().aiMessage(AiMessage.from("Once")).build();

        assertThat(WholeAnswer.is(ScriptedChatModel.response(new TokenUsage(120, 300), null), null))
                .isTrue();
        assertThat(WholeAnswer.is(nothing, null)).isFalse();
    }

    private ChatResponse streamed() {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        model().chat("Tell me a story", new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                // LangChain4j completes after that
            }
        });
        return whole.orTimeout(1, TimeUnit.MINUTES).join();
    }

    private StreamingChatModel model() {
        return LoomStreamingChatModel.of(
                OpenAiStreamingChatModel.builder()
                        .baseUrl("http://localhost:" + provider.getLocalPort() + "/v1")
                        .apiKey("no key")
                        .modelName("gpt-4")
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                test.loom());
    }

    private void answerOnce() {
        try (Socket socket = provider.accept()) {
            readRequest(socket.getInputStream());
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + body)
                            .getBytes(UTF_8));
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                // until the client closes, too
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("Tell me a story") < 0) {
            read.append((char) in.read());
        }
    }

    private static String event(String delta, String reason, String usage) {
        return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4-0613\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}],\"usage\":"
                + usage + "}\n\n";
    }
}
