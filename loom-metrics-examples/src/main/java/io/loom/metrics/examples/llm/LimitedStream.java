package io.loom.metrics.examples.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An answer in chunks, whose body is closed at its limit: that ends the thread that reads it, and the connection. The first end
 * is told, and no other.
 */
final class LimitedStream implements ServerSentEventListener {
    private final ServerSentEventListener listener;
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    LimitedStream(ServerSentEventListener listener, Duration limit) {
        this.listener = listener;
        read.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Reads the body to its end, on the thread of the JDK's client that brought the headers. */
    void read(HttpResponse<InputStream> answer, ServerSentEventParser parser) {
        try (InputStream body = answer.body()) {
            CompletableFuture<Void> unused = read.whenComplete((none, late) -> close(body));
            if (LimitedHttpClient.isSuccess(answer)) {
                onOpen(LimitedHttpClient.head(answer).build());
                parser.parse(body, this);
                onClose();
            } else {
                onError(new HttpException(
                        answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8)));
            }
        } catch (IOException | RuntimeException e) {
            onError(e);
        } finally {
            read.complete(null);
        }
    }

    @Override
    public void onOpen(SuccessfulHttpResponse head) {
        listener.onOpen(head);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        listener.onEvent(event, context);
    }

    /** What breaks as the body is closed at the limit has timed out. */
    @Override
    public void onError(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            listener.onError(read.isCompletedExceptionally() ? new TimeoutException(failure) : failure);
        }
        read.complete(null);
    }

    @Override
    public void onClose() {
        if (ended.compareAndSet(false, true)) {
            listener.onClose();
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            return; // it is over, whichever way
        }
    }
}
