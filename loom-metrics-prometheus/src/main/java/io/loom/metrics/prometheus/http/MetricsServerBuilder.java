package io.loom.metrics.prometheus.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link MetricsServer}: loopback, any free port, path {@code /metrics}, no TLS, no login, 256 connections, 30 seconds
 * an answer. Not thread-safe.
 */
public final class MetricsServerBuilder {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_CONNECTIONS = 32_767; // more threads than a pool may have
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]*");

    final Page page;
    final @Nullable MonitoringSite site;

    /** Where metrics are. */
    String path = MonitoringSite.METRICS;

    @Nullable
    Executor executor;

    @Nullable
    SSLContext tls;

    Login login = Login.ANYONE;
    int connections = 256;
    Duration answerLimit = MetricsHandler.ANSWER_LIMIT;
    private String host = "127.0.0.1";
    private int port;

    MetricsServerBuilder(MetricsPage page) {
        this.page = Page.exactly(page);
        this.site = null;
    }

    MetricsServerBuilder(MonitoringSite site) {
        this.page = site::answer;
        this.site = site;
    }

    /** Sets the host name or address to listen on. Anyone who reaches another than loopback can read the page. */
    public MetricsServerBuilder host(String host) {
        this.host = Objects.requireNonNull(host, "host");
        return this;
    }

    /**
     * Sets the port.
     *
     * @param port 1 to 65535, or 0 for any that is free
     * @throws IllegalArgumentException where it is out of range
     */
    public MetricsServerBuilder port(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + MAX_PORT + ": was " + port);
        }
        this.port = port;
        return this;
    }

    /**
     * Sets the path of the page.
     *
     * @throws IllegalArgumentException where it does not start with a slash, or has other characters than letters, digits and {@code . _ ~ - /}
     * @throws IllegalStateException where a site is served, which has paths of its own
     */
    public MetricsServerBuilder path(String path) {
        if (site != null) {
            throw new IllegalStateException(
                    "path must not be set for a site, which has paths of its own: was \"" + path + '"');
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("path must match " + PATH + ": was \"" + path + '"');
        }
        this.path = path;
        return this;
    }

    /**
     * Sets whose threads serve. The server does not end them. Each connection that is being served takes one, so there should be
     * as many as {@link #connections}; without this the server has threads of its own.
     */
    public MetricsServerBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /** Serves HTTPS, with the keys of {@code context}. */
    public MetricsServerBuilder tls(SSLContext context) {
        this.tls = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Asks for a user's name and password. Where a token is set as well, either will do. Passwords and tokens can be read on the
     * way, unless there is {@link #tls}.
     *
     * @throws IllegalArgumentException where the name has a colon, or the password is empty
     */
    public MetricsServerBuilder basicAuth(String user, String password) {
        if (user.contains(":")) {
            throw new IllegalArgumentException("user must have no colon: was \"" + user + '"');
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("password must not be empty");
        }
        this.login = login.withPassword(user, password);
        return this;
    }

    /**
     * Asks for a token. Where a password is set as well, either will do.
     *
     * @throws IllegalArgumentException where it is empty
     */
    public MetricsServerBuilder bearerToken(String token) {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("token must not be empty");
        }
        this.login = login.withToken(token);
        return this;
    }

    /**
     * Sets how many connections may be served at once: those on which a request is being read or answered. The next are closed
     * without an answer. Kept connections that are silent do not count.
     *
     * @throws IllegalArgumentException where it is not positive
     */
    public MetricsServerBuilder connections(int limit) {
        this.connections = MetricsPageBuilder.inRange("connections", limit, 1, MAX_CONNECTIONS);
        return this;
    }

    /**
     * Sets how long an answer may take, from when the headers were read. The connection is closed then.
     *
     * @throws IllegalArgumentException where it is not positive
     */
    public MetricsServerBuilder answerLimit(Duration limit) {
        this.answerLimit = MetricsHandler.positive(limit);
        return this;
    }

    /**
     * Starts the server. Where that fails, a site that it was to serve is not closed: another try may have it.
     *
     * @throws IOException where host and port cannot be listened on; the message says which
     */
    public MetricsServer start() throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("host must be one of this machine's names or addresses: was \"" + host + '"');
        }
        try {
            return MetricsServer.start(this, address);
        } catch (BindException e) {
            throw new IOException(
                    "cannot listen on " + host + ':' + port + ": " + e.getMessage()
                            + ". Choose another host or port; port 0 is any that is free.",
                    e);
        }
    }
}
