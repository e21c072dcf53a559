package io.loom.metrics.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import io.loom.metrics.examples.llm.ProviderException;
import io.loom.metrics.examples.studio.StoryRejectedException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers in JSON, whatever the work returns or throws. The client is never shown a stack trace. */
record JsonHandler(Work work) implements Route.Handler {
    private static final Logger log = LoggerFactory.getLogger(JsonHandler.class);
    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();
    private static final int SERVER_ERROR = 500;
    static final int BAD_GATEWAY = 502;
    static final int UNAVAILABLE = 503;
    private static final int NO_BODY = -1;

    @Override
    public int handle(HttpExchange exchange, String id) throws IOException {
        Answer answer = answer(exchange, id);
        send(exchange, answer);
        return answer.status();
    }

    static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = (WRITER.writeValueAsString(answer.body()) + '\n').getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private Answer answer(HttpExchange exchange, String id) throws IOException {
        try {
            return work.answer(exchange, id);
        } catch (BadRequestException e) {
            return Answer.failure(e.status(), e);
        } catch (ProviderException | StoryRejectedException e) {
            log.warn("no story: {}", e.getMessage());
            return Answer.failure(BAD_GATEWAY, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.failure(UNAVAILABLE, "the service is stopping");
        } catch (RuntimeException e) {
            log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            return Answer.failure(SERVER_ERROR, "the service has failed; its log says why");
        }
    }

    /** What is to be done for a request. */
    @FunctionalInterface
    interface Work {
        Answer answer(HttpExchange exchange, String id)
                throws BadRequestException, ProviderException, StoryRejectedException, InterruptedException,
                        IOException;
    }
}
