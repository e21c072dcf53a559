package io.loom.metrics.binder;

import static io.loom.metrics.binder.TestHttpServer.CHUNKED;
import static io.loom.metrics.binder.TestHttpServer.NO_BODY;
import static io.loom.metrics.binder.TestHttpServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import io.loom.metrics.LoomMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests end, in the JDK's own server. */
class LoomHttpFilterEndsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoomMetrics loom =
            LoomMetrics.builder(registry).processMetrics(false).build();
    private final HttpNumbers numbers = new HttpNumbers(registry);
    private final LoomHttpFilter filter = LoomHttpFilter.of(loom);

    private TestHttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new TestHttpServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void exception_ofAnyKind_countsAs500AndTheSameLeaves() throws Exception {
        AtomicReference<Throwable> toThrow = new AtomicReference<>();
        AtomicReference<Throwable> left = new AtomicReference<>();
        server.serve("/stories", exchange -> throwAny(toThrow.get()), catching(left), filter);
        List<Throwable> failures = List.of(
                new IllegalStateException("no story"), new IOException("no model"), new NoSuchMethodError("story"));
        for (Throwable failure : failures) {
            toThrow.set(failure);

            assertThat(server.get("/stories")).isEqualTo(503);
            assertThat(left.get()).isSameAs(failure);
        }

        assertThat(numbers.after(3)).isEqualTo(Map.of("GET /stories 500", 3.0, "GET /stories", 3.0));
    }

    @ParameterizedTest
    @CsvSource({"200, 500", "404, 404"})
    void exception_inMidAnswer_countsAs500UnlessTheAnswerWasAnErrorAlready(int sent, int counted) throws Exception {
        server.serve(
                "/stories",
                exchange -> {
                    exchange.sendResponseHeaders(sent, 1_000);
                    try (OutputStream body = exchange.getResponseBody()) { // closing it fails, too: it is not whole
                        body.write(1);
                        throw new IOException("no model");
                    }
                },
                filter);

        RawClient.getAndRead(server.port(), "/stories"); // the JDK's client would ask again
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories " + counted, 1.0, "GET /stories", 1.0));
    }

    @ParameterizedTest
    @CsvSource({"plain", "wrapped", "swallowed"})
    void client_thatGoesAway_countsAs499(String how) throws Exception {
        server.serve(
                "/stories",
                exchange -> {
                    exchange.sendResponseHeaders(200, CHUNKED);
                    try {
                        RawClient.writeForEver(exchange.getResponseBody());
                    } catch (IOException e) {
                        switch (how) {
                            case "plain" -> throw e;
                            case "wrapped" -> throw new IllegalStateException(e);
                            default -> exchange.close();
                        }
                    }
                },
                filter);

        RawClient.getAndHangUp(server.port(), "/stories");
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories 499", 1.0, "GET /stories", 1.0));
    }

    @Test
    void client_thatGoesAwayWhileItAsks_countsAs499() throws Exception {
        server.serve(
                "/stories",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, NO_BODY);
                },
                filter);

        RawClient.postHalfAndHangUp(server.port(), "/stories");
        assertThat(numbers.after(1)).isEqualTo(Map.of("POST /stories 499", 1.0, "POST /stories", 1.0));
    }

    @Test
    void handler_thatAnswersTwice_isNoClientThatWentAway() throws Exception {
        server.serve(
                "/stories",
                exchange -> {
                    exchange.sendResponseHeaders(200, NO_BODY);
                    exchange.sendResponseHeaders(200, NO_BODY);
                },
                filter);

        server.get("/stories");
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories 500", 1.0, "GET /stories", 1.0));
    }

    @Test
    void handler_thatHandsTheExchangeOnUnanswered_countsAsUnknown() throws Exception {
        CountDownLatch counted = new CountDownLatch(1);
        server.serve(
                "/stories",
                exchange -> server.threads().execute(() -> {
                    await(counted);
                    answerQuietly(exchange);
                }),
                filter);

        CompletableFuture<Integer> answer = server.getAsync("/stories");
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories unknown", 1.0, "GET /stories", 1.0));

        counted.countDown();
        assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(200);
    }

    private static void answerQuietly(HttpExchange exchange) {
        try {
            exchange.sendResponseHeaders(200, NO_BODY);
        } catch (IOException e) {
            exchange.close();
        }
    }

    /** Answers what is thrown, which the server itself would not. */
    private static Filter catching(AtomicReference<Throwable> caught) {
        return new Filter() {
            @Override
            public String description() {
                return "catches";
            }

            @Override
            public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
                try {
                    chain.doFilter(exchange);
                } catch (Throwable failure) {
                    caught.set(failure);
                    exchange.sendResponseHeaders(503, NO_BODY);
                }
            }
        };
    }

    private static void throwAny(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
        throw (RuntimeException) failure;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
