package io.loom.metrics.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.llm.ErrorType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that come and go between two scrapes. The first of them must be seen, too: nothing failed before. */
class BurstIT {
    private static final int BURST = 120;
    private static final String FAILED = "http_requests_total{endpoint=\"/api/v1/generate\", status=\"502\"}";

    @TempDir
    private Path directory;

    @Test
    void burst_betweenTwoScrapes_burnsTheBudgetFast() throws Exception {
        try (TestService service = TestService.start();
                Page page = new Page(service.service().registry()::scrape);
                AlertStack stack = AlertStack.start(directory, page.uri())) {
            Eventually.holds(
                    "the service has been scraped for a while",
                    () -> !stack.prometheus
                            .values("count_over_time(up{job=\"loom\"}[1m]) > 2")
                            .isEmpty());
            assertThat(stack.firing()).isEmpty();

            page.freeze();
            fail(service);
            page.thaw();

            stack.webhook.await("critical-alerts", "HttpErrorBudgetBurnFast", "firing");
            stack.webhook.await("warning-alerts", "HighErrorRate", "firing");
            assertThat(stack.prometheus.samples(FAILED).values()).containsOnly(0.0, (double) BURST);
        }
    }

    private static void fail(TestService service) throws Exception {
        for (int i = 0; i < BURST; i++) {
            service.model().fails(ErrorType.AUTH);
            int status = service.client()
                    .post("/api/v1/generate", "{\"genre\": \"fantasy\", \"prompt\": \"a dragon " + i + "\"}")
                    .status();
            assertThat(status).isEqualTo(502);
        }
        service.awaitSum(BURST, "http_requests_total", "endpoint=/api/v1/generate", "status=502");
    }

    /** The service's page, which for a time stays as it is: as if nobody scraped. */
    private static final class Page implements AutoCloseable {
        private final AtomicReference<@Nullable String> frozen = new AtomicReference<>();
        private final Supplier<String> page;
        private final HttpServer server;

        Page(Supplier<String> page) throws IOException {
            this.page = page;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/metrics", this::show);
            server.start();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        void freeze() {
            frozen.set(page.get());
        }

        void thaw() {
            frozen.set(null);
        }

        private void show(HttpExchange exchange) throws IOException {
            String still = frozen.get();
            byte[] body = (still == null ? page.get() : still).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
