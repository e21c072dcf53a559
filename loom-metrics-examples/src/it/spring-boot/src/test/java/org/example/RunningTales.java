package org.example;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The application that the page prints, on a port that was free, and who asks it. */
final class RunningTales implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;

    void start(Class<?>... more) {
        start(List.of(), more);
    }

    /** Without {@code LoomMetrics} the application itself cannot be built, so {@link NoLoom} stands for it. */
    void start(List<String> settings, Class<?>... more) {
        List<Class<?>> sources = new ArrayList<>(Arrays.asList(more));
        if (!sources.contains(NoLoom.class)) {
            sources.add(Tales.class);
        }
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("--server.port=0");
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--spring.main.banner-mode=off");
        context = new SpringApplication(sources.toArray(Class<?>[]::new)).run(arguments.toArray(String[]::new));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(request(path, headers), HttpResponse.BodyHandlers.ofString());
    }

    /** {@return the page as soon as it has these lines, or after a minute} A request is counted just after its answer. */
    HttpResponse<String> pageWith(List<String> lines) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        HttpResponse<String> page = get("/actuator/prometheus");
        while (!page.body().lines().toList().containsAll(lines) && System.nanoTime() < end) {
            page = get("/actuator/prometheus");
        }
        return page;
    }

    HttpResponse<byte[]> getBytes(String path, String... headers) throws Exception {
        return client.send(request(path, headers), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    private HttpRequest request(String path, String... headers) {
        String port = context.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    @EnableAutoConfiguration
    static class NoLoom {}
}
