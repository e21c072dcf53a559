package io.loom.metrics.binder;

import static io.loom.metrics.binder.TestHttpServer.NO_BODY;
import static io.loom.metrics.binder.TestHttpServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.testing.Rivals;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
    private static final int ROUNDS = 100;

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
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

    @ParameterizedTest
    @CsvSource({
        "/stories, /stories/17, /stories",
        "/stories, /stories, /stories",
        "/, /stories/17, other",
        "/, /, other"
    })
    void request_byTheContextsPath_countsUnderIt(String context, String path, String endpoint) throws Exception {
        server.serve(context, answer(201), filter);

        assertThat(server.get(path)).isEqualTo(201);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET " + endpoint + " 201", 1.0, "GET " + endpoint, 1.0));
    }

    @Test
    void request_tookSoLong_isTimed() throws Exception {
        server.serve(
                "/stories",
                exchange -> {
                    clock.add(Duration.ofMillis(1_500));
                    exchange.sendResponseHeaders(200, NO_BODY);
                },
                filter);
        server.get("/stories");
        numbers.after(1);

        Timer timer = registry.get("http.request.duration").timer();
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1_500);
    }

    @ParameterizedTest
    @CsvSource({"resolved, own, resolved", ", own, own", ", , other", "thrown, own, own"})
    void request_whoseTemplateIsKnownLater_countsUnderTheFirstThatIsKnown(String resolved, String own, String endpoint)
            throws Exception {
        AtomicReference<Map<String, Double>> during = new AtomicReference<>();
        server.serve(
                "/",
                exchange -> {
                    exchange.setAttribute(LoomHttpFilter.ENDPOINT, own);
                    during.set(numbers.now());
                    exchange.sendResponseHeaders(200, NO_BODY);
                },
                filter.withEndpoint(exchange -> orThrow(resolved)));

        assertThat(server.get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET " + endpoint + " 200", 1.0, "GET " + endpoint, 1.0));
        assertThat(during.get()).isEqualTo(Map.of("other", 1.0));
    }

    @ParameterizedTest
    @CsvSource({"/stories/{id}, /stories/{id}", ", /stories", "thrown, /stories"})
    void request_underWay_isInProgressUnderWhatIsKnownAtItsStart(String resolved, String endpoint) throws Exception {
        AtomicReference<Map<String, Double>> during = new AtomicReference<>();
        server.serve(
                "/stories",
                exchange -> {
                    during.set(numbers.now());
                    exchange.sendResponseHeaders(200, NO_BODY);
                },
                filter.withEndpointAtStart(exchange -> orThrow(resolved)));

        assertThat(server.get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET " + endpoint + " 200", 1.0, "GET " + endpoint, 1.0));
        assertThat(during.get()).isEqualTo(Map.of(endpoint, 1.0));
    }

    /** The server shares its attributes among the exchanges of a context, until JDK 26. */
    @Test
    void endpointAttribute_ofOneExchange_isNotAnothers() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        server.serve(
                "/",
                exchange -> {
                    exchange.setAttribute(
                            LoomHttpFilter.ENDPOINT, exchange.getRequestURI().getPath());
                    both.countDown();
                    await(both);
                    assertThat(exchange.getAttribute(LoomHttpFilter.ENDPOINT))
                            .isEqualTo(exchange.getRequestURI().getPath());
                    exchange.sendResponseHeaders(200, NO_BODY);
                },
                filter);
        List<String> paths = List.of("/a", "/b");

        paths.stream()
                .map(server::getAsync)
                .toList()
                .forEach(answer -> assertThat(answer.join()).isEqualTo(200));

        assertThat(numbers.after(2))
                .isEqualTo(Map.of("GET /a 200", 1.0, "GET /a", 1.0, "GET /b 200", 1.0, "GET /b", 1.0));
    }

    @Test
    void request_ofAMethodBeyondTheNine_isOther() throws Exception {
        server.serve("/stories", answer(405), filter);

        server.send("PROPFIND", "/stories");
        assertThat(numbers.after(1)).isEqualTo(Map.of("other /stories 405", 1.0, "other /stories", 1.0));
    }

    @Test
    void exchange_asTheHandlerSeesIt_isTheServers() throws Exception {
        AtomicReference<HttpExchange> outside = new AtomicReference<>();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        server.serve(
                "/stories",
                inside -> {
                    try {
                        assertSame(inside, outside.get());
                    } catch (AssertionError e) {
                        failed.set(e);
                    }
                    inside.sendResponseHeaders(200, NO_BODY);
                    inside.close();
                },
                Filter.beforeHandler("keeps the exchange", outside::set),
                filter);

        assertThat(server.get("/stories")).isEqualTo(200);
        assertThat(failed.get()).isNull();
        assertThat(outside.get()).isNotInstanceOf(HttpsExchange.class);
    }

    @Test
    void requests_fromEightClients_countExactly() throws Exception {
        server.serve(
                "/",
                exchange -> {
                    int id = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
                    exchange.setAttribute(LoomHttpFilter.ENDPOINT, id % 2 == 0 ? "/{even}" : "/{odd}");
                    exchange.sendResponseHeaders(id % 4 < 2 ? 200 : 503, NO_BODY);
                },
                filter);

        Rivals.race(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(server.get("/" + i)).isEqualTo(i % 4 < 2 ? 200 : 503);
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
                server.server(),
                answer(200));

        assertThat(server.get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/{id} 200", 1.0, "GET /stories/{id}", 1.0));
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

    private static String orThrow(String template) {
        if ("thrown".equals(template)) {
            throw new IllegalStateException("no template");
        }
        return template;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
