package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.api.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request is refused. Its message is the line that the client reads; it quotes nothing that the client sent. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int URI_TOO_LONG = 414;
    private static final int HEADERS_TOO_LARGE = 431;
    private static final int UNAVAILABLE = 503;

    private final int status;
    private final transient Map<String, String> headers;

    private RefusedException(int status, String reason, Map<String, String> headers) {
        super(reason, null, false, false);
        this.status = status;
        this.headers = headers;
    }

    static RefusedException badRequest(String reason) {
        return new RefusedException(BAD_REQUEST, reason, Map.of());
    }

    static RefusedException unauthorized(String challenges) {
        return new RefusedException(
                UNAUTHORIZED, "Credentials are missing or wrong.", Map.of("WWW-Authenticate", challenges));
    }

    static RefusedException notFound() {
        return new RefusedException(NOT_FOUND, "There is nothing here.", Map.of());
    }

    static RefusedException unknownName(int number, int of) {
        return new RefusedException(
                NOT_FOUND,
                "Name " + number + " of " + of + " is unknown: no family has it, and no sample of one.",
                Map.of());
    }

    static RefusedException methodNotAllowed() {
        return new RefusedException(
                METHOD_NOT_ALLOWED, "Only GET and HEAD are allowed here.", Map.of("Allow", "GET, HEAD"));
    }

    static RefusedException queryTooLong(int limit, int length) {
        return new RefusedException(
                URI_TOO_LONG, "The query must have " + limit + " characters or less: it has " + length + '.', Map.of());
    }

    static RefusedException headersTooLarge(String which, int limit, long length) {
        return new RefusedException(
                HEADERS_TOO_LARGE,
                which + " must have " + limit + " characters or less: " + length + " were sent.",
                Map.of());
    }

    static RefusedException tooManyWait(int limit) {
        return new RefusedException(
                UNAVAILABLE,
                limit + " requests wait for the checks, which is the limit. Try again in a second.",
                Map.of("Retry-After", "1"));
    }

    static RefusedException tooManyScrapes(int limit) {
        return new RefusedException(
                UNAVAILABLE,
                limit + " scrapes are under way, which is the limit. Try again in a second.",
                Map.of("Retry-After", "1"));
    }

    /** Answers by a line of text. */
    void send(boolean withBody, MetricsPage.Response response) throws IOException {
        byte[] line = (getMessage() + '\n').getBytes(StandardCharsets.UTF_8);
        send("text/plain; charset=utf-8", line, withBody, response);
    }

    /** Answers by an object in JSON. */
    void sendJson(boolean withBody, MetricsPage.Response response) throws IOException {
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        Document.error(status, String.valueOf(getMessage())).writeTo(error);
        send("application/json", error.toByteArray(), withBody, response);
    }

    private void send(String contentType, byte[] body, boolean withBody, MetricsPage.Response response)
            throws IOException {
        Page.send(new MetricsPage.Head(status, headers), contentType, body, withBody, response);
    }
}
