package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.regex.Pattern;

/** Builds a {@link MetricsServer}: loopback, any free port, path {@code /metrics}. Not thread-safe. */
public final class MetricsServerBuilder {
    private static final int MAX_PORT = 65_535;
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]*");

    private final LoomPrometheusRegistry registry;
    private String host = "127.0.0.1";
    private int port;
    private String path = "/metrics";

    MetricsServerBuilder(LoomPrometheusRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
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
     */
    public MetricsServerBuilder path(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("path must match " + PATH + ": was \"" + path + '"');
        }
        this.path = path;
        return this;
    }

    /**
     * Starts the server.
     *
     * @throws IOException where host and port cannot be listened on; the message says which
     */
    public MetricsServer start() throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("host must be one of this machine's names or addresses: was \"" + host + '"');
        }
        try {
            return MetricsServer.start(registry, address, path);
        } catch (BindException e) {
            throw new IOException(
                    "cannot listen on " + host + ':' + port + ": " + e.getMessage()
                            + ". Choose another host or port; port 0 is any that is free.",
                    e);
        }
    }
}
