package io.loom.metrics.binder;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A {@link WatchedExchange} that is one of HTTPS, too. */
final class WatchedHttpsExchange extends HttpsExchange {
    private final HttpsExchange exchange;
    private final WatchedExchange watched;

    WatchedHttpsExchange(HttpsExchange exchange, WatchedExchange watched) {
        this.exchange = exchange;
        this.watched = watched;
    }

    @Override
    public SSLSession getSSLSession() {
        return exchange.getSSLSession();
    }

    @Override
    public Headers getRequestHeaders() {
        return watched.getRequestHeaders();
    }

    @Override
    public Headers getResponseHeaders() {
        return watched.getResponseHeaders();
    }

    @Override
    public URI getRequestURI() {
        return watched.getRequestURI();
    }

    @Override
    public String getRequestMethod() {
        return watched.getRequestMethod();
    }

    @Override
    public HttpContext getHttpContext() {
        return watched.getHttpContext();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return watched.getRemoteAddress();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return watched.getLocalAddress();
    }

    @Override
    public String getProtocol() {
        return watched.getProtocol();
    }

    @Override
    public int getResponseCode() {
        return watched.getResponseCode();
    }

    @Override
    public @Nullable HttpPrincipal getPrincipal() {
        return watched.getPrincipal();
    }

    @Override
    public void close() {
        watched.close();
    }

    @Override
    public void setStreams(@Nullable InputStream in, @Nullable OutputStream out) {
        watched.setStreams(in, out);
    }

    @Override
    public InputStream getRequestBody() {
        return watched.getRequestBody();
    }

    @Override
    public OutputStream getResponseBody() {
        return watched.getResponseBody();
    }

    @Override
    public void sendResponseHeaders(int status, long length) throws IOException {
        watched.sendResponseHeaders(status, length);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return watched.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        watched.setAttribute(name, value);
    }
}
