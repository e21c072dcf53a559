package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsExchange;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.testing.Rivals;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the JDK's own server. */
class LoomHttpFilterTest {
    private static final int NO_BODY = -1;
    private static final int CHUNKED = 0;
    private static final int ROUNDS = 100;

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final LoomMetrics loom =
            LoomMetrics.builder(registry).processMetrics(false).build();
    private final HttpNumbers numbers = new HttpNumbers(registry);
    private final LoomHttpFilter filter = LoomHttpFilter.of(loom);
    private final ExecutorService threads = Executors.newFixedThreadPool(Rivals.THREADS);
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "/stories, /stories/17, /stories",
        "/stories, /stories, /stories",
        "/, /stories/17, other",
        "/, /, other"
    })
    void request_byTheContextsPath_countsUnderIt(String context, String path, String endpoint) throws Exception {
        serve(context, filter, answer(201));

        assertThat(get(path)).isEqualTo(201);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET " + endpoint + " 201", 1.0, "GET " + endpoint, 1.0));
    }

    @Test
    void request_tookSoLong_isTimed() throws Exception {
        serve("/stories", filter, exchange -> {
            clock.add(Duration.ofMillis(1_500));
            exchange.sendResponseHeaders(200, NO_BODY);
        });
        get("/stories");
        numbers.after(1);

        Timer timer = registry.get("http.request.duration").timer();
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1_500);
    }

    @ParameterizedTest
    @CsvSource({"resolved, own, resolved", ", own, own", ", , other", "thrown, own, own"})
    void request_whoseTemplateIsKnownLater_countsUnderTheFirstThatIsKnown(String resolved, String own, String endpoint)
            throws Exception {
        AtomicReference<Map<String, Double>> during = new AtomicReference<>();
        serve("/", filter.withEndpoint(exchange -> orThrow(resolved)), exchange -> {
            exchange.setAttribute(LoomHttpFilter.ENDPOINT, own);
            during.set(numbers.now());
            exchange.sendResponseHeaders(200, NO_BODY);
        });

        assertThat(get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET " + endpoint + " 200", 1.0, "GET " + endpoint, 1.0));
        assertThat(during.get()).isEqualTo(Map.of("other", 1.0));
    }

    @ParameterizedTest
    @CsvSource({"/stories/{id}, /stories/{id}", ", /stories", "thrown, /stories"})
    void request_underWay_isInProgressUnderWhatIsKnownAtItsStart(String resolved, String endpoint) throws Exception {
        AtomicReference<Map<String, Double>> during = new AtomicReference<>();
        serve("/stories", filter.withEndpointAtStart(exchange -> orThrow(resolved)), exchange -> {
            during.set(numbers.now());
            exchange.sendResponseHeaders(200, NO_BODY);
        });

        assertThat(get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET " + endpoint + " 200", 1.0, "GET " + endpoint, 1.0));
        assertThat(during.get()).isEqualTo(Map.of(endpoint, 1.0));
    }

    /** The server shares its attributes among the exchanges of a context, until JDK 26. */
    @Test
    void endpointAttribute_ofOneExchange_isNotAnothers() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        serve("/", filter, exchange -> {
            exchange.setAttribute(
                    LoomHttpFilter.ENDPOINT, exchange.getRequestURI().getPath());
            both.countDown();
            await(both);
            assertThat(exchange.getAttribute(LoomHttpFilter.ENDPOINT))
                    .isEqualTo(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, NO_BODY);
        });
        List<String> paths = List.of("/a", "/b");

        paths.stream()
                .map(path -> client.sendAsync(request("GET", path), BodyHandlers.discarding()))
                .toList()
                .forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));

        assertThat(numbers.after(2))
                .isEqualTo(Map.of("GET /a 200", 1.0, "GET /a", 1.0, "GET /b 200", 1.0, "GET /b", 1.0));
    }

    @Test
    void request_ofAMethodBeyondTheNine_isOther() throws Exception {
        serve("/stories", filter, answer(405));

        client.send(request("PROPFIND", "/stories"), BodyHandlers.discarding());
        assertThat(numbers.after(1)).isEqualTo(Map.of("other /stories 405", 1.0, "other /stories", 1.0));
    }

    @Test
    void exception_ofAnyKind_countsAs500AndTheSameLeaves() throws Exception {
        AtomicReference<Throwable> toThrow = new AtomicReference<>();
        AtomicReference<Throwable> left = new AtomicReference<>();
        server.createContext("/stories", exchange -> throwAny(toThrow.get()))
                .getFilters()
                .addAll(List.of(catching(left), filter));
        List<Throwable> failures = List.of(
                new IllegalStateException("no story"), new IOException("no model"), new NoSuchMethodError("story"));
        for (Throwable failure : failures) {
            toThrow.set(failure);

            assertThat(get("/stories")).isEqualTo(503);
            assertThat(left.get()).isSameAs(failure);
        }

        assertThat(numbers.after(3)).isEqualTo(Map.of("GET /stories 500", 3.0, "GET /stories", 3.0));
    }

    @ParameterizedTest
    @CsvSource({"200, 500", "404, 404"})
    void exception_inMidAnswer_countsAs500UnlessTheAnswerWasAnErrorAlready(int sent, int counted) throws Exception {
        serve("/stories", filter, exchange -> {
            exchange.sendResponseHeaders(sent, 1_000);
            try (OutputStream body = exchange.getResponseBody()) { // closing it fails, too: it is not whole
                body.write(1);
                throw new IOException("no model");
            }
        });

        assertThatIOException().isThrownBy(() -> get("/stories"));
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories " + counted, 1.0, "GET /stories", 1.0));
    }

    @ParameterizedTest
    @CsvSource({"plain", "wrapped", "swallowed"})
    void client_thatGoesAway_countsAs499(String how) throws Exception {
        serve("/stories", filter, exchange -> {
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
        });

        RawClient.getAndHangUp(server.getAddress().getPort(), "/stories");
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories 499", 1.0, "GET /stories", 1.0));
    }

    @Test
    void client_thatGoesAwayWhileItAsks_countsAs499() throws Exception {
        serve("/stories", filter, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, NO_BODY);
        });

        RawClient.postHalfAndHangUp(server.getAddress().getPort(), "/stories");
        assertThat(numbers.after(1)).isEqualTo(Map.of("POST /stories 499", 1.0, "POST /stories", 1.0));
    }

    @Test
    void handler_thatAnswersTwice_isNoClientThatWentAway() throws Exception {
        serve("/stories", filter, exchange -> {
            exchange.sendResponseHeaders(200, NO_BODY);
            exchange.sendResponseHeaders(200, NO_BODY);
        });

        get("/stories");
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories 500", 1.0, "GET /stories", 1.0));
    }

    @Test
    void handler_thatHandsTheExchangeOnUnanswered_countsAsUnknown() throws Exception {
        CountDownLatch counted = new CountDownLatch(1);
        serve(
                "/stories",
                filter,
                exchange -> threads.execute(() -> {
                    await(counted);
                    answerQuietly(exchange);
                }));

        var answer = client.sendAsync(request("GET", "/stories"), BodyHandlers.discarding());
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories unknown", 1.0, "GET /stories", 1.0));

        counted.countDown();
        assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void exchange_asTheHandlerSeesIt_isTheServers() throws Exception {
        AtomicReference<HttpExchange> outside = new AtomicReference<>();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        server.createContext("/stories", inside -> {
                    try {
                        assertSame(inside, outside.get());
                    } catch (AssertionError e) {
                        failed.set(e);
                    }
                    inside.sendResponseHeaders(200, NO_BODY);
                    inside.close();
                })
                .getFilters()
                .addAll(List.of(Filter.beforeHandler("keeps the exchange", outside::set), filter));

        assertThat(get("/stories")).isEqualTo(200);
        assertThat(failed.get()).isNull();
        assertThat(outside.get()).isNotInstanceOf(HttpsExchange.class);
    }

    @Test
    void requests_fromEightClients_countExactly() throws Exception {
        serve("/", filter, exchange -> {
            int id = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            exchange.setAttribute(LoomHttpFilter.ENDPOINT, id % 2 == 0 ? "/{even}" : "/{odd}");
            exchange.sendResponseHeaders(id % 4 < 2 ? 200 : 503, NO_BODY);
        });

        Rivals.race(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(get("/" + i)).isEqualTo(i % 4 < 2 ? 200 : 503);
            }
            return null;
        });

        double quarter = ROUNDS * Rivals.THREADS / 4.0;
        assertThat(numbers.after(ROUNDS * Rivals.THREADS))
                .isEqualTo(Map.of(
                        "GET /{even} 200", quarter,
                        "GET /{even} 503", quarter,
                        "GET /{even}", 2 * quarter,
                        "GET /{odd} 200", quarter,
                        "GET /{odd} 503", quarter,
                        "GET /{odd}", 2 * quarter));
    }

    @Test
    void page_setUp_worksAsPrinted(@TempDir Path sources) throws Exception {
        PrintedSetUp.run(
                sources,
                "jdk-http-server.md",
                "io.loom.metrics.LoomMetrics loom, com.sun.net.httpserver.HttpServer server,"
                        + " com.sun.net.httpserver.HttpHandler stories",
                "null",
                loom,
                server,
                answer(200));

        assertThat(get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/{id} 200", 1.0, "GET /stories/{id}", 1.0));
    }

    private void serve(String context, Filter metering, HttpHandler handler) {
        server.createContext(context, handler).getFilters().add(metering);
    }

    private int get(String path) throws IOException, InterruptedException {
        return client.send(request("GET", path), BodyHandlers.ofString()).statusCode();
    }

    private HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private static HttpHandler answer(int status) {
        return exchange -> exchange.sendResponseHeaders(status, NO_BODY);
    }

    private static void answerQuietly(HttpExchange exchange) {
        try {
            exchange.sendResponseHeaders(200, NO_BODY);
        } catch (IOException e) {
            exchange.close();
        }
    }

    private static void assertSame(HttpExchange inside, HttpExchange outside) {
        assertThat(inside.getRequestHeaders()).isSameAs(outside.getRequestHeaders());
        assertThat(inside.getResponseHeaders()).isSameAs(outside.getResponseHeaders());
        assertThat(inside.getRequestURI()).isSameAs(outside.getRequestURI());
        assertThat(inside.getHttpContext()).isSameAs(outside.getHttpContext());
        assertThat(inside.getRemoteAddress()).isEqualTo(outside.getRemoteAddress());
        assertThat(inside.getLocalAddress()).isEqualTo(outside.getLocalAddress());
        assertThat(inside.getProtocol()).isEqualTo("HTTP/1.1");
        assertThat(inside.getPrincipal()).isNull();
        inside.setAttribute("kind", "story");
        assertThat(outside.getAttribute("kind")).isEqualTo("story");
        assertThat(inside.getAttribute("kind")).isEqualTo("story");
        inside.setAttribute(LoomHttpFilter.ENDPOINT, "/x");
        assertThat(outside.getAttribute(LoomHttpFilter.ENDPOINT)).isNull();
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

    private static String orThrow(String template) {
        if ("thrown".equals(template)) {
            throw new IllegalStateException("no template");
        }
        return template;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
