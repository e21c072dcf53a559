package io.loom.metrics.prometheus.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What answers requests at one path and below it. Thread-safe. */
@FunctionalInterface
interface Page {
    /**
     * Answers a request, as {@link MetricsPage#answer} does.
     *
     * @param path what comes after the path that the page is mounted on; empty for that path itself
     * @throws IOException where {@code response} or its stream does
     */
    void answer(
            String method,
            String path,
            @Nullable String query,
            Function<String, @Nullable String> header,
            MetricsPage.Response response)
            throws IOException;

    /** {@return {@code page} at its very path, with nothing below it} */
    static Page exactly(MetricsPage page) {
        Objects.requireNonNull(page, "page");
        return (method, path, query, header, response) -> {
            if (path.isEmpty()) {
                page.answer(method, query, header, response);
            } else {
                RefusedException.notFound().send(hasBody(method), response);
            }
        };
    }

    /** {@return whether the answer to a request has a body} */
    static boolean hasBody(String method) {
        return !method.equals("HEAD");
    }

    /**
     * Lets requests pass that read.
     *
     * @throws RefusedException where the method is neither GET nor HEAD
     */
    static void checkReads(String method) throws RefusedException {
        if (hasBody(method) && !method.equals("GET")) {
            throw RefusedException.methodNotAllowed();
        }
    }

    /** Answers by all of {@code body} at once, of which {@code HEAD} gets the length alone. */
    static void send(
            MetricsPage.Head head, String contentType, byte[] body, boolean withBody, MetricsPage.Response response)
            throws IOException {
        OutputStream out = response.begin(
                head.with("Content-Type", contentType).with("Content-Length", Integer.toString(body.length)));
        if (withBody) {
            out.write(body);
            out.flush(); // before the server waits for the rest of the request
        }
    }
}
