package io.loom.metrics.prometheus.http;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.ScrapeDeadline;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A registry's page for any web framework: all formats, gzip at level 1 from 2 KiB on, 240 scrapes at once.
 *
 * <pre>{@code
 * page.answer(request.method(), request.query(), request::header, head -> {
 *     response.status(head.status());
 *     head.headers().forEach(response::header);
 *     return response.body();
 * });
 * }</pre>
 *
 * <p>What the client gets is settled first, and the body is streamed then, in bounded memory. How long scrapes take is recorded
 * in {@code loom_metrics_scrape_duration_seconds} by the format that was served, and so shows from the next scrape on; a page
 * that could not be sent to its end is no scrape.
 *
 * <p>Thread-safe. Scrapes take no lock and do not wait for each other.
 */
public final class MetricsPage {
    private static final int OK = 200;
    private static final int MAX_HEADER = 8 * 1024;
    private static final String ACCEPT = "Accept";
    private static final String ACCEPT_ENCODING = "Accept-Encoding";
    private static final String SCRAPE_TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";

    private final LoomPrometheusRegistry registry;
    private final Negotiator<Offered> formats;
    private final int gzipLevel;
    private final int gzipThreshold;
    private final int concurrentScrapes;
    private final AtomicInteger running = new AtomicInteger();

    MetricsPage(MetricsPageBuilder settings) {
        this.registry = settings.registry;
        this.formats = new Negotiator<>(
                settings.formats.stream()
                        .map(format -> new Offered(format, duration(format)))
                        .toList(),
                offered -> offered.format.contentType());
        this.gzipLevel = settings.gzipLevel;
        this.gzipThreshold = settings.gzipThreshold;
        this.concurrentScrapes = settings.concurrentScrapes;
    }

    /** {@return the page of a registry} */
    public static MetricsPage of(LoomPrometheusRegistry registry) {
        return builder(registry).build();
    }

    /** {@return a builder} */
    public static MetricsPageBuilder builder(LoomPrometheusRegistry registry) {
        return new MetricsPageBuilder(registry);
    }

    /**
     * Answers a request: GET and HEAD by the page, others and what cannot be understood by a status and one line.
     *
     * @param method of HTTP
     * @param query as it was sent, without the question mark; null for none
     * @param header gives all values of a header, with commas between; null where it was not sent
     * @param response is begun once
     * @throws IOException where {@code response} or its stream does
     */
    public void answer(
            String method, @Nullable String query, Function<String, @Nullable String> header, Response response)
            throws IOException {
        try {
            Page.checkReads(method);
            String accept = bounded(ACCEPT, header.apply(ACCEPT));
            String encoding = bounded(ACCEPT_ENCODING, header.apply(ACCEPT_ENCODING));
            Set<String> names = Query.names(query);
            ScrapeDeadline deadline = Query.deadline(header.apply(SCRAPE_TIMEOUT));
            if (Page.hasBody(method)) {
                scrape(accept, encoding, names, deadline, response);
            } else {
                response.begin(head(formats.choose(accept)));
            }
        } catch (RefusedException e) {
            e.send(Page.hasBody(method), response);
        }
    }

    /**
     * Writes what a GET request is answered by.
     *
     * @param accept the header of that name; null for none
     * @param acceptEncoding the header of that name; null for none
     * @param names of families or of their samples; all are written where it is empty
     * @param out gets the body; not closed
     * @return status and headers
     * @throws IOException where {@code out} does
     */
    public Head render(
            @Nullable String accept, @Nullable String acceptEncoding, Collection<String> names, OutputStream out)
            throws IOException {
        Head[] begun = new Head[1];
        Response response = head -> {
            begun[0] = head;
            return out;
        };
        try {
            String encoding = bounded(ACCEPT_ENCODING, acceptEncoding);
            scrape(bounded(ACCEPT, accept), encoding, new HashSet<>(names), ScrapeDeadline.none(), response);
        } catch (RefusedException e) {
            e.send(true, response);
        }
        return begun[0];
    }

    private void scrape(
            @Nullable String accept,
            @Nullable String acceptEncoding,
            Set<String> names,
            ScrapeDeadline deadline,
            Response response)
            throws IOException, RefusedException {
        try {
            if (running.incrementAndGet() > concurrentScrapes) {
                throw RefusedException.tooManyScrapes(concurrentScrapes);
            }
            long start = System.nanoTime();
            Negotiator.Choice<Offered> choice = formats.choose(accept);
            if (gzipLevel > 0 && Gzip.isWanted(acceptEncoding)) {
                try (GzippedPage page = new GzippedPage(response, head(choice), gzipLevel, gzipThreshold)) {
                    registry.scrape(choice.format().format, names, deadline, page);
                    page.finish();
                }
            } else {
                registry.scrape(choice.format().format, names, deadline, response.begin(head(choice)));
            }
            choice.format().duration.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        } finally {
            running.decrementAndGet();
        }
    }

    private static Head head(Negotiator.Choice<Offered> choice) {
        return new Head(OK, Map.of("Content-Type", choice.contentType(), "Vary", ACCEPT + ", " + ACCEPT_ENCODING));
    }

    /** {@return a header's value, which must not be too long} */
    static @Nullable String bounded(String name, @Nullable String value) throws RefusedException {
        if (value != null && value.length() > MAX_HEADER) {
            throw RefusedException.headersTooLarge("The header " + name, MAX_HEADER, value.length());
        }
        return value;
    }

    private Timer duration(ExpositionFormat format) {
        return Timer.builder(LoomMeter.METRICS_SCRAPE_DURATION.meterName())
                .description(LoomMeter.METRICS_SCRAPE_DURATION.spec().help())
                .tag(LoomMeter.METRICS_SCRAPE_DURATION.labels().get(0).key(), format.label())
                .serviceLevelObjectives(
                        LoomMeter.METRICS_SCRAPE_DURATION.spec().buckets().asDurations())
                .register(registry);
    }

    private record Offered(ExpositionFormat format, Timer duration) {}

    /**
     * What is sent before a body.
     *
     * @param headers each once; {@code Content-Length} is among them where it is known
     */
    public record Head(int status, Map<String, String> headers) {
        /** Keeps a copy of the headers. */
        public Head {
            headers = Map.copyOf(headers);
        }

        Head with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Head(status, more);
        }
    }

    /** Takes an answer. */
    @FunctionalInterface
    public interface Response {
        /**
         * Takes status and headers.
         *
         * @return gets the body, if there is one; the caller closes it in the end
         */
        OutputStream begin(Head head) throws IOException;
    }
}
