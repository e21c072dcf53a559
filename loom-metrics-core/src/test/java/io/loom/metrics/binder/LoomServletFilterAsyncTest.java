package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.testing.Rivals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that outlive the call of their servlet, in a real Tomcat. */
class LoomServletFilterAsyncTest {
    private static final int ROUNDS = 50;
    private static final int SHORT = 1;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoomMetrics loom =
            LoomMetrics.builder(registry).processMetrics(false).build();
    private final HttpNumbers numbers = new HttpNumbers(registry);
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ExecutorService clients = Executors.newCachedThreadPool();

    @TempDir
    private Path directory;

    private TestTomcat tomcat;

    @BeforeEach
    void makeTomcat() {
        tomcat = new TestTomcat(directory).filter(LoomServletFilter.of(loom));
    }

    @AfterEach
    void stopTomcat() throws Exception {
        tomcat.close();
        workers.shutdownNow();
        clients.shutdownNow();
    }

    @Test
    void request_thatIsCompletedLater_isInProgressUntilThen() throws Exception {
        BlockingQueue<AsyncContext> started = new LinkedBlockingQueue<>();
        tomcat.servlet("/stories/*", (request, response) -> started.add(request.startAsync()))
                .start();
        Future<Integer> answer = clients.submit(() -> tomcat.get("/stories/17"));
        AsyncContext context = started.poll(20, TimeUnit.SECONDS);

        assertThat(numbers.now()).isEqualTo(Map.of("/stories/*", 1.0));

        context.getRequest().setAttribute(LoomServletFilter.ENDPOINT, "/stories/{id}");
        ((HttpServletResponse) context.getResponse()).setStatus(201);
        context.complete();
        assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(201);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/{id} 201", 1.0, "GET /stories/{id}", 1.0));
    }

    @Test
    void request_thatIsCompletedBeforeTheServletReturns_countsOnce() throws Exception {
        tomcat.servlet("/stories/*", (request, response) -> request.startAsync().complete())
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 200", 1.0, "GET /stories/*", 1.0));
    }

    @Test
    void request_thatIsDispatched_countsOnceByItsLastStatus() throws Exception {
        tomcat.servlet("/stories/*", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        response.setStatus(203);
                    } else {
                        workers.execute(request.startAsync()::dispatch);
                    }
                })
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(203);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 203", 1.0, "GET /stories/*", 1.0));
    }

    @Test
    void request_thatGoesAsynchronousTwice_endsAtTheLastCompletion() throws Exception {
        BlockingQueue<AsyncContext> second = new LinkedBlockingQueue<>();
        tomcat.servlet("/stories/*", (request, response) -> {
                    AsyncContext context = request.startAsync();
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        second.add(context);
                    } else {
                        workers.execute(context::dispatch);
                    }
                })
                .start();
        Future<Integer> answer = clients.submit(() -> tomcat.get("/stories/17"));
        AsyncContext context = second.poll(20, TimeUnit.SECONDS);

        assertThat(numbers.now()).isEqualTo(Map.of("/stories/*", 1.0));

        context.complete();
        assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 200", 1.0, "GET /stories/*", 1.0));
    }

    @Test
    void timeout_thatNobodyHandles_countsAsTheContainersError() throws Exception {
        tomcat.servlet("/stories/*", (request, response) -> request.startAsync().setTimeout(SHORT))
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(500);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 500", 1.0, "GET /stories/*", 1.0));
    }

    @Test
    void timeout_thatIsHandled_countsAsWhatIsAnsweredThen() throws Exception {
        tomcat.servlet("/stories/*", (request, response) -> {
                    AsyncContext context = request.startAsync();
                    context.setTimeout(SHORT);
                    context.addListener(new Refusing());
                })
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(503);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 503", 1.0, "GET /stories/*", 1.0));
    }

    @Test
    void timeout_inMidAnswer_isNoSuccess() throws Exception {
        tomcat.servlet("/stories/*", (request, response) -> {
                    response.getWriter().print("Once upon a");
                    response.flushBuffer();
                    request.startAsync().setTimeout(SHORT);
                })
                .start();

        RawClient.getAndHangUp(tomcat.port(), "/stories/17");
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 500", 1.0, "GET /stories/*", 1.0));
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void exception_ofAnAsynchronousRequest_countsAs500(boolean dispatched, boolean committed) throws Exception {
        tomcat.servlet("/stories/*", (request, response) -> {
                    if (committed) {
                        response.getWriter().print("Once upon a");
                        response.flushBuffer();
                    }
                    boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
                    AsyncContext context = first ? request.startAsync() : null;
                    if (dispatched && first) {
                        workers.execute(context::dispatch);
                    } else {
                        throw new IOException("no model");
                    }
                })
                .start();

        RawClient.getAndRead(tomcat.port(), "/stories/17");
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 500", 1.0, "GET /stories/*", 1.0));
    }

    @Test
    void client_thatGoesAway_countsAs499() throws Exception {
        BlockingQueue<AsyncContext> started = new LinkedBlockingQueue<>();
        tomcat.servlet("/stories/*", (request, response) -> {
                    response.flushBuffer();
                    started.add(request.startAsync());
                })
                .start();

        RawClient.getAndHangUp(tomcat.port(), "/stories/17");
        AsyncContext context = started.poll(20, TimeUnit.SECONDS);
        tomcat.awaitIdle(); // else it may not tell its listeners
        assertThatIOException()
                .isThrownBy(() -> RawClient.writeForEver(context.getResponse().getOutputStream()));
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 499", 1.0, "GET /stories/*", 1.0));
    }

    @Test
    void requests_fromEightClients_countExactly() throws Exception {
        tomcat.servlet("/stories/*", this::answerSomehow).start();

        Rivals.race(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                tomcat.get("/stories/" + i);
            }
            return null;
        });

        double some = ROUNDS * Rivals.THREADS;
        assertThat(numbers.after(ROUNDS * Rivals.THREADS))
                .isEqualTo(Map.of(
                        "GET /stories/* 200", some * 3 / 5,
                        "GET /stories/* 202", some / 5,
                        "GET /stories/* 500", some / 5,
                        "GET /stories/*", some));
    }

    private void answerSomehow(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        int way = Integer.parseInt(request.getPathInfo().substring(1)) % 5;
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.setStatus(202);
            return;
        }
        switch (way) {
            case 0 -> workers.execute(request.startAsync()::complete);
            case 1 -> workers.execute(request.startAsync()::dispatch);
            case 2 -> request.startAsync().complete();
            case 3 -> {}
            default -> {
                request.startAsync();
                throw new ServletException("no story");
            }
        }
    }

    /** Answers that it takes too long. */
    private static final class Refusing implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            ((HttpServletResponse) event.getAsyncContext().getResponse()).setStatus(503);
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
