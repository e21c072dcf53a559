package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.testing.Rivals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests end, in a real Tomcat. */
class LoomServletFilterEndsTest {
    private static final String SPRING_PATTERN = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";
    private static final int ROUNDS = 100;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoomMetrics loom =
            LoomMetrics.builder(registry).processMetrics(false).build();
    private final HttpNumbers numbers = new HttpNumbers(registry);

    @TempDir
    private Path directory;

    private TestTomcat tomcat;

    @BeforeEach
    void makeTomcat() {
        tomcat = new TestTomcat(directory);
    }

    @AfterEach
    void stopTomcat() throws Exception {
        tomcat.close();
    }

    @Test
    void exception_ofAnyKind_countsAs500AndTheSameLeaves() throws Exception {
        AtomicReference<Throwable> toThrow = new AtomicReference<>();
        AtomicReference<Throwable> left = new AtomicReference<>();
        AtomicReference<Throwable> came = new AtomicReference<>();
        tomcat.filter(catching(left))
                .filter(LoomServletFilter.of(loom))
                .filter(catching(came)) // Tomcat wraps what a servlet throws if it is no exception
                .servlet("/stories/*", (request, response) -> {
                    response.setStatus(202);
                    throwAny(toThrow.get());
                })
                .start();
        Throwable[] failures = {
            new IllegalStateException("no story"),
            new ServletException("no story"),
            new IOException("no model"),
            new NoSuchMethodError("story")
        };
        for (Throwable failure : failures) {
            toThrow.set(failure);

            assertThat(tomcat.get("/stories/17")).isEqualTo(500);
            assertThat(left.get()).isSameAs(came.get());
            assertThat(left.get())
                    .satisfiesAnyOf(
                            e -> assertThat(e).isSameAs(failure),
                            e -> assertThat(e).hasCause(failure));
        }

        assertThat(numbers.after(4)).isEqualTo(Map.of("GET /stories/* 500", 4.0, "GET /stories/*", 4.0));
    }

    @ParameterizedTest
    @CsvSource({"200, 500", "404, 404"})
    void exception_inMidAnswer_countsAs500UnlessTheAnswerWasAnErrorAlready(int sent, int counted) throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .servlet("/stories/*", (request, response) -> {
                    response.setStatus(sent);
                    response.flushBuffer();
                    throw new IOException("no model");
                })
                .start();

        RawClient.getAndHangUp(tomcat.port(), "/stories/17");
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* " + counted, 1.0, "GET /stories/*", 1.0));
    }

    @Test
    void client_thatGoesAway_countsAs499() throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .servlet("/plain", (request, response) -> RawClient.writeForEver(response.getOutputStream()))
                .servlet("/wrapped", (request, response) -> {
                    try {
                        RawClient.writeForEver(response.getOutputStream());
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .start();

        RawClient.getAndHangUp(tomcat.port(), "/plain");
        RawClient.getAndHangUp(tomcat.port(), "/wrapped");
        assertThat(numbers.after(2))
                .isEqualTo(
                        Map.of("GET /plain 499", 1.0, "GET /plain", 1.0, "GET /wrapped 499", 1.0, "GET /wrapped", 1.0));
    }

    @Test
    void dispatches_ofOneRequest_countOnce() throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .servlet(
                        "/forwards",
                        (request, response) ->
                                request.getRequestDispatcher("/target").forward(request, response))
                .servlet(
                        "/includes",
                        (request, response) ->
                                request.getRequestDispatcher("/target").include(request, response))
                .servlet("/target", (request, response) -> response.getWriter().print("target"))
                .start();

        assertThat(tomcat.send("GET", "/forwards").body()).isEqualTo("target");
        assertThat(tomcat.send("GET", "/includes").body()).isEqualTo("target");
        assertThat(numbers.after(2))
                .isEqualTo(Map.of(
                        "GET /forwards 200",
                        1.0,
                        "GET /forwards",
                        1.0,
                        "GET /includes 200",
                        1.0,
                        "GET /includes",
                        1.0));
    }

    @Test
    void errorPage_ofARequest_doesNotCount() throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .errorPage("/error")
                .servlet("/error", (request, response) -> {
                    request.setAttribute(SPRING_PATTERN, "/error");
                    response.getWriter().print("sorry");
                })
                .servlet("/refused", (request, response) -> response.sendError(409))
                .servlet("/broken", (request, response) -> {
                    throw new IllegalStateException("no story");
                })
                .start();

        assertThat(tomcat.send("GET", "/refused").body()).isEqualTo("sorry");
        assertThat(tomcat.send("GET", "/broken").body()).isEqualTo("sorry");
        assertThat(numbers.after(2))
                .isEqualTo(Map.of(
                        "GET /refused 409", 1.0, "GET /refused", 1.0, "GET /broken 500", 1.0, "GET /broken", 1.0));
    }

    @Test
    void filter_twiceInTheChain_countsOnce() throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .filter(LoomServletFilter.of(loom))
                .servlet("/stories/*", (request, response) -> {})
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 200", 1.0, "GET /stories/*", 1.0));
    }

    @Test
    void requests_fromEightClients_countExactly() throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .servlet("/stories/*", (request, response) -> {
                    int id = Integer.parseInt(request.getPathInfo().substring(1));
                    request.setAttribute(
                            LoomServletFilter.ENDPOINT, id % 2 == 0 ? "/stories/{even}" : "/stories/{odd}");
                    response.setStatus(id % 4 < 2 ? 200 : 503);
                })
                .start();

        Rivals.race(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(tomcat.get("/stories/" + i)).isEqualTo(i % 4 < 2 ? 200 : 503);
            }
            return null;
        });

        double quarter = ROUNDS * Rivals.THREADS / 4.0;
        assertThat(numbers.after(ROUNDS * Rivals.THREADS))
                .isEqualTo(Map.of(
                        "GET /stories/{even} 200", quarter,
                        "GET /stories/{even} 503", quarter,
                        "GET /stories/{even}", 2 * quarter,
                        "GET /stories/{odd} 200", quarter,
                        "GET /stories/{odd} 503", quarter,
                        "GET /stories/{odd}", 2 * quarter));
    }

    private static Filter catching(AtomicReference<Throwable> caught) {
        return (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } catch (Throwable failure) {
                caught.set(failure);
                throw failure;
            }
        };
    }

    private static void throwAny(Throwable failure) throws ServletException, IOException {
        if (failure instanceof ServletException e) {
            throw e;
        } else if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
        throw (RuntimeException) failure;
    }
}
