package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.api.Document;
import io.loom.metrics.prometheus.api.LiveFigures;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JSON API {@code /api/v1/metrics} of a registry, for any web framework: totals, rates, ratios and quantiles of the last 1, 5
 * and 15 minutes, without a Prometheus.
 *
 * <pre>{@code
 * ApiPage api = ApiPage.of(registry);
 *
 * api.answer(request.method(), pathBelowTheMountPoint, request.query(), request::header, head -> {
 *     response.status(head.status());
 *     head.headers().forEach(response::header);
 *     return response.body();
 * });
 * }</pre>
 *
 * <p>The past begins when the page is built, so build it when the service starts. A daemon thread reads the figures at each step
 * from then on, until {@link #close}. Meters are read as a scrape reads them: recording costs nothing more.
 *
 * <p>Thread-safe. Requests take no lock and do not wait for each other.
 */
public final class ApiPage implements AutoCloseable {
    private static final int OK = 200;
    private static final int GZIP_LEVEL = 1;
    private static final int GZIP_THRESHOLD = 2 * 1024;
    private static final String ACCEPT_ENCODING = "Accept-Encoding";
    private static final String NAME = "name";
    private static final MetricsPage.Head HEAD = new MetricsPage.Head(
            OK, Map.of("Content-Type", "application/json", "Vary", ACCEPT_ENCODING, "Cache-Control", "no-store"));

    private final LiveFigures figures;

    ApiPage(LiveFigures figures) {
        this.figures = figures;
    }

    /** {@return the API of a registry, which reads every 5 seconds} */
    public static ApiPage of(LoomPrometheusRegistry registry) {
        return builder(registry).build();
    }

    /** {@return a builder} */
    public static ApiPageBuilder builder(LoomPrometheusRegistry registry) {
        return new ApiPageBuilder(registry);
    }

    /**
     * Answers a request: GET and HEAD by JSON; others, and what cannot be understood, by a status and an error in JSON.
     *
     * @param method of HTTP
     * @param path below where the page is mounted: empty for the summary, or for series where the query asks for them by {@code
     *     name=}, and {@code /history} for the steps
     * @param query as it was sent, without the question mark; null for none
     * @param header gives all values of a header, with commas between; null where it was not sent
     * @param response is begun once
     * @throws IOException where {@code response} or its stream does
     */
    public void answer(
            String method,
            String path,
            @Nullable String query,
            Function<String, @Nullable String> header,
            MetricsPage.Response response)
            throws IOException {
        boolean head = !Page.hasBody(method);
        try {
            Page.checkReads(method);
            String encoding = MetricsPage.bounded(ACCEPT_ENCODING, header.apply(ACCEPT_ENCODING));
            Supplier<Document> asked = asked(path, Query.parameters(query));
            if (head) {
                response.begin(HEAD);
            } else {
                send(asked.get(), Gzip.isWanted(encoding), response);
            }
        } catch (RefusedException e) {
            e.sendJson(!head, response);
        }
    }

    /** Ends the thread that reads. Requests are answered still; after a while, rates are not known any more. */
    @Override
    public void close() {
        figures.close();
    }

    /** Reads, as the thread does at each step; for whoever did not start it. */
    void sample() {
        figures.sample();
    }

    private Supplier<Document> asked(String path, List<Query.Parameter> parameters) throws RefusedException {
        return switch (path) {
            case "" -> parameters.isEmpty() ? figures::summary : series(parameters);
            case "/history" -> history(parameters);
            default -> throw RefusedException.notFound();
        };
    }

    private Supplier<Document> history(List<Query.Parameter> parameters) throws RefusedException {
        if (!parameters.isEmpty()) {
            throw RefusedException.badRequest("The history takes no parameters.");
        }
        return figures::history;
    }

    private Supplier<Document> series(List<Query.Parameter> parameters) throws RefusedException {
        Set<String> names = new LinkedHashSet<>();
        int number = 0;
        for (Query.Parameter parameter : parameters) {
            number++;
            if (!parameter.name().equals(NAME) || !parameter.hasValue()) {
                throw RefusedException.badRequest(
                        "Only name=… is understood here, once or more: parameter " + number + " is something else.");
            }
            if (!figures.hasName(parameter.value())) {
                throw RefusedException.unknownName(number, parameters.size());
            }
            names.add(parameter.value());
        }
        return () -> figures.series(names);
    }

    private static void send(Document document, boolean gzip, MetricsPage.Response response) throws IOException {
        if (gzip) {
            try (GzippedPage page = new GzippedPage(response, HEAD, GZIP_LEVEL, GZIP_THRESHOLD)) {
                document.writeTo(page);
                page.finish();
            }
        } else {
            document.writeTo(response.begin(HEAD));
        }
    }
}
