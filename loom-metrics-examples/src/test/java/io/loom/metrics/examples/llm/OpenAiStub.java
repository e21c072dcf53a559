package io.loom.metrics.examples.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.llm.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** A service that speaks OpenAI's protocol, and does what it is told, in order. It answers whole or in chunks, as it is asked. */
public final class OpenAiStub implements AutoCloseable {
    private static final int LONGEST_SECONDS = 30;

    private final ObjectMapper json = new ObjectMapper();
    private final Queue<Step> script = new ConcurrentLinkedQueue<>();
    private final Queue<Usage> sent = new ConcurrentLinkedQueue<>();
    private final Queue<JsonNode> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch breaking = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public OpenAiStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** Answers with these words, and says what it used. */
    public OpenAiStub tells(Usage usage, String... words) {
        return then(new Step(200, Map.of(), List.of(words), usage, End.WHOLE));
    }

    /**
     * Like {@link #tells}, in chunks at a given pace.
     *
     * @param before is run before each word is sent, with its number from 0
     */
    OpenAiStub tellsSlowly(Usage usage, IntConsumer before, String... words) {
        return then(new Step(200, Map.of(), List.of(words), usage, End.WHOLE, before));
    }

    /** Like {@link #tells}, with what is left of the rate limits. */
    OpenAiStub tells(Usage usage, Map<String, String> headers, String... words) {
        return then(new Step(200, headers, List.of(words), usage, End.WHOLE));
    }

    /** Answers with these words as far as a limit of tokens lets it. */
    public OpenAiStub tellsUpToTheLimit(Usage usage, String... words) {
        return then(new Step(200, Map.of(), List.of(words), usage, End.LENGTH));
    }

    /** Refuses with an error of this code. */
    public OpenAiStub refuses(int status, String code, Map<String, String> headers) {
        return then(new Step(status, headers, List.of(code), Usage.of(0, 0), End.WHOLE));
    }

    /** Sends these words in chunks, and breaks the connection as soon as it is told to. */
    public OpenAiStub breaksOffAfter(String... words) {
        return then(new Step(200, Map.of(), List.of(words), Usage.of(0, 0), End.BROKEN));
    }

    /** Sends these words, and ends as if that were all; it never says why it ended. */
    OpenAiStub endsEarlyAfter(String... words) {
        return then(new Step(200, Map.of(), List.of(words), Usage.of(0, 0), End.EARLY));
    }

    /** Sends these words, and then nothing more. */
    OpenAiStub hangsAfter(String... words) {
        return then(new Step(200, Map.of(), List.of(words), Usage.of(0, 0), End.NEVER));
    }

    void breakOff() {
        breaking.countDown();
    }

    /** What its answers used, by what it said. */
    List<Usage> sent() {
        return List.copyOf(sent);
    }

    /** What it was asked, in order. */
    List<JsonNode> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        breaking.countDown();
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private OpenAiStub then(Step step) {
        script.add(step);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = json.readTree(exchange.getRequestBody());
        asked.add(request);
        Step step = script.remove();
        step.headers.forEach(exchange.getResponseHeaders()::set);
        if (step.status != 200) {
            whole(exchange, step.status, json.writeValueAsString(Map.of("error", Map.of("code", step.words.get(0)))));
        } else if (request.path("stream").asBoolean()) {
            stream(exchange, step);
        } else if (step.end == End.NEVER) {
            await(closing);
        } else {
            sent.add(step.usage);
            whole(exchange, 200, completion(step));
        }
    }

    private static void whole(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void stream(HttpExchange exchange, Step step) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        if (step.end == End.NEVER && step.words.isEmpty()) {
            await(closing);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (int i = 0; i < step.words.size(); i++) {
            step.before.accept(i);
            event(body, chunk(Map.of("content", step.words.get(i)), null));
        }
        switch (step.end) {
            case WHOLE, LENGTH -> {
                sent.add(step.usage);
                event(body, chunk(Map.of(), step.end.reason));
                event(body, json.writeValueAsString(Map.of("choices", List.of(), "usage", usage(step.usage))));
                event(body, "[DONE]");
                exchange.close();
            }
            case EARLY -> exchange.close();
            case BROKEN -> {
                await(breaking); // a client may drop chunks that it has not read when the connection breaks
                throw new IOException("the stub breaks the connection"); // the server closes it
            }
            case NEVER -> await(closing);
        }
    }

    private String chunk(Map<String, String> delta, String reason) throws IOException {
        Map<String, Object> choice = reason == null
                ? Map.of("index", 0, "delta", delta)
                : Map.of("index", 0, "delta", delta, "finish_reason", reason);
        return json.writeValueAsString(Map.of("id", "stub", "model", "gpt-4", "choices", List.of(choice)));
    }

    private String completion(Step step) throws IOException {
        Map<String, Object> message = Map.of("role", "assistant", "content", String.join("", step.words));
        return json.writeValueAsString(Map.of(
                "id",
                "stub",
                "model",
                "gpt-4",
                "choices",
                List.of(
                        step.end == End.EARLY
                                ? Map.of("index", 0, "message", message)
                                : Map.of("index", 0, "message", message, "finish_reason", step.end.reason)),
                "usage",
                usage(step.usage)));
    }

    private static Map<String, Object> usage(Usage usage) {
        return Map.of(
                "prompt_tokens",
                usage.promptTokens(),
                "completion_tokens",
                usage.completionTokens(),
                "total_tokens",
                usage.promptTokens() + usage.completionTokens(),
                "prompt_tokens_details",
                Map.of("cached_tokens", usage.cachedTokens()),
                "completion_tokens_details",
                Map.of("reasoning_tokens", usage.reasoningTokens()));
    }

    private static void event(OutputStream body, String data) throws IOException {
        body.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    private static void await(CountDownLatch told) {
        try {
            told.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private enum End {
        WHOLE("stop"),
        LENGTH("length"),
        EARLY("stop"),
        BROKEN("stop"),
        NEVER("stop");

        final String reason;

        End(String reason) {
            this.reason = reason;
        }
    }

    private record Step(
            int status, Map<String, String> headers, List<String> words, Usage usage, End end, IntConsumer before) {
        Step(int status, Map<String, String> headers, List<String> words, Usage usage, End end) {
            this(status, headers, words, usage, end, word -> {});
        }
    }
}
