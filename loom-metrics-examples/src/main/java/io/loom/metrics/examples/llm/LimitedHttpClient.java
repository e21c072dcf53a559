package io.loom.metrics.examples.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's way to HTTP over the JDK's client, with a limit for each answer as a whole. The limit of the JDK's client ends
 * with the headers: a body that hangs would keep its reader for ever. Here its connection is closed, and that is a time-out.
 *
 * <p>Thread-safe. It sends texts only, no forms.
 */
final class LimitedHttpClient implements HttpClient {
    private static final int SUCCESSES = 2;
    private static final int PER_CLASS = 100;

    private final java.net.http.HttpClient client;
    private final Duration limit;

    LimitedHttpClient(java.net.http.HttpClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(sent(request), BodyHandlers.ofByteArray());
        try {
            return succeeded(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            answer.cancel(true); // closes the connection of an answer that is not whole
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        LimitedStream stream = new LimitedStream(listener, limit);
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(sent(request), BodyHandlers.ofInputStream());
        answer.thenAccept(begun -> stream.read(begun, parser)).exceptionally(failure -> {
            stream.onError(failure(failure.getCause()));
            return null;
        });
    }

    static boolean isSuccess(HttpResponse<?> answer) {
        return answer.statusCode() / PER_CLASS == SUCCESSES;
    }

    static SuccessfulHttpResponse.Builder head(HttpResponse<?> answer) {
        return SuccessfulHttpResponse.builder()
                .statusCode(answer.statusCode())
                .headers(answer.headers().map());
    }

    private static SuccessfulHttpResponse succeeded(HttpResponse<byte[]> answer) {
        if (!isSuccess(answer)) {
            throw new HttpException(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        }
        return head(answer).body(answer.body()).build();
    }

    /** The limit of the request is for its headers. */
    private java.net.http.HttpRequest sent(HttpRequest request) {
        BodyPublisher body = request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
        java.net.http.HttpRequest.Builder sent = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), body)
                .timeout(limit);
        request.headers().forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
        return sent.build();
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        return cause instanceof HttpTimeoutException ? new TimeoutException(cause) : new IllegalStateException(cause);
    }
}
