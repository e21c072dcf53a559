package io.loom.metrics.binder;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The server's exchange, watched while a handler uses it. As thread-safe as the server's. */
final class WatchedExchange extends HttpExchange {
    private final HttpExchange exchange;
    private final ExchangeWatch watch;

    private WatchedExchange(HttpExchange exchange, ExchangeWatch watch) {
        this.exchange = exchange;
        this.watch = watch;
    }

    /** {@return an exchange of the same kind: handlers ask whether they are spoken to by HTTPS} */
    static HttpExchange of(HttpExchange exchange, ExchangeWatch watch) {
        WatchedExchange watched = new WatchedExchange(exchange, watch);
        return exchange instanceof HttpsExchange https ? new WatchedHttpsExchange(https, watched) : watched;
    }

    @Override
    public Headers getRequestHeaders() {
        return exchange.getRequestHeaders();
    }

    @Override
    public Headers getResponseHeaders() {
        return exchange.getResponseHeaders();
    }

    @Override
    public URI getRequestURI() {
        return exchange.getRequestURI();
    }

    @Override
    public String getRequestMethod() {
        return exchange.getRequestMethod();
    }

    @Override
    public HttpContext getHttpContext() {
        return exchange.getHttpContext();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return exchange.getRemoteAddress();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return exchange.getLocalAddress();
    }

    @Override
    public String getProtocol() {
        return exchange.getProtocol();
    }

    @Override
    public int getResponseCode() {
        return exchange.getResponseCode();
    }

    @Override
    public @Nullable HttpPrincipal getPrincipal() {
        return exchange.getPrincipal();
    }

    @Override
    public void close() {
        exchange.close();
    }

    @Override
    public void setStreams(@Nullable InputStream in, @Nullable OutputStream out) {
        exchange.setStreams(in, out);
    }

    @Override
    public InputStream getRequestBody() {
        return watch.watched(exchange.getRequestBody());
    }

    @Override
    public OutputStream getResponseBody() {
        return watch.watched(exchange.getResponseBody());
    }

    @Override
    public void sendResponseHeaders(int status, long length) throws IOException {
        boolean first = exchange.getResponseCode() < 0; // else it is the handler that fails
        try {
            exchange.sendResponseHeaders(status, length);
        } catch (IOException e) {
            if (first) {
                watch.broke(e);
            }
            throw e;
        }
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return name.equals(LoomHttpFilter.ENDPOINT) ? watch.attribute() : exchange.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (name.equals(LoomHttpFilter.ENDPOINT)) {
            watch.attribute(value);
        } else {
            exchange.setAttribute(name, value);
        }
    }
}
