package io.loom.metrics.prometheus.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the JDK's client reads of a server's answer. */
record Answer(
        int status, @Nullable String contentType, @Nullable String allow, String body) {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int FIRST_ERROR = 400;

    static Answer to(String method, URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestMethod(method);
        int status = connection.getResponseCode();
        try (InputStream body = status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(
                    status,
                    connection.getContentType(),
                    connection.getHeaderField("Allow"),
                    new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
