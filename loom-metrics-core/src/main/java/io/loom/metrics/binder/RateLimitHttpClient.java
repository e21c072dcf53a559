package io.loom.metrics.binder;

import io.loom.metrics.llm.RateLimits;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A JDK {@link HttpClient} that tells what the answers say of rate limits, refusals included: most clients of providers throw
 * those headers away. All else is the wrapped client's.
 *
 * <p>Thread-safe. What the listener throws is dropped: the answer is paid for. It hears of an answer as soon as its headers are
 * there, on the thread that reads them.
 */
public final class RateLimitHttpClient extends HttpClient {
    private final HttpClient client;
    private final Consumer<? super RateLimits> listener;

    RateLimitHttpClient(HttpClient client, Consumer<? super RateLimits> listener) {
        this.client = Objects.requireNonNull(client, "client");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * {@return a builder of such clients, for libraries that want to build theirs themselves}
     *
     * @param listener hears what each answer says; {@code llmMeter::rateLimits}
     */
    public static HttpClient.Builder newBuilder(Consumer<? super RateLimits> listener) {
        return new RateLimitHttpClientBuilder(HttpClient.newBuilder(), listener);
    }

    /**
     * {@return {@code client}, which tells what it hears}
     *
     * @param listener hears what each answer says; {@code llmMeter::rateLimits}
     */
    public static HttpClient of(HttpClient client, Consumer<? super RateLimits> listener) {
        return new RateLimitHttpClient(client, listener);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request, heard(handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return client.sendAsync(request, heard(handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushed) {
        return client.sendAsync(request, heard(handler), pushed);
    }

    private <T> BodyHandler<T> heard(BodyHandler<T> handler) {
        return answer -> {
            hear(answer);
            return handler.apply(answer);
        };
    }

    private void hear(HttpResponse.ResponseInfo answer) {
        try {
            listener.accept(
                    RateLimits.of(name -> answer.headers().firstValue(name).orElse(null)));
        } catch (Throwable e) { // the answer is paid for
            return;
        }
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }
}
