package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A scrape of the same page by each side, in the text format 0.0.4, to nowhere. Compressed with {@code default} as each side's
 * server does it: loom with gzip's level 1, the others with 6; with {@code six} all at level 6.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Scrape {
    private static final int LOOM_LEVEL = 1;
    private static final int GZIP_LEVEL = 6;
    private static final int MOST_SERIES = 2_000;
    private static final String TEXT_004 = "text/plain; version=0.0.4; charset=utf-8";

    @Benchmark
    public void loom(LoomPage page, Format format, PageSize size) throws IOException {
        CountingSink sink = new CountingSink();
        try (OutputStream out = format.compressed(sink, LOOM_LEVEL)) {
            page.registry.scrape(out);
        }
        size.pageBytes = sink.bytes();
    }

    @Benchmark
    public void micrometer(MicrometerPage page, Format format, PageSize size) throws IOException {
        CountingSink sink = new CountingSink();
        try (OutputStream out = format.compressed(sink, GZIP_LEVEL)) {
            page.registry.scrape(out, TEXT_004);
        }
        size.pageBytes = sink.bytes();
    }

    @Benchmark
    public void clientJava(ClientJavaPage page, Format format, PageSize size) throws IOException {
        CountingSink sink = new CountingSink();
        try (OutputStream out = format.compressed(sink, GZIP_LEVEL)) {
            page.writer.write(out, page.registry.scrape());
        }
        size.pageBytes = sink.bytes();
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPage page, Format format, PageSize size) throws IOException {
        CountingSink sink = new CountingSink();
        try (OutputStream out = format.compressed(sink, GZIP_LEVEL)) {
            page.writer.write(out, page.registry.scrape());
        }
        size.pageBytes = sink.bytes();
    }

    /** How long the page is, and how it is compressed. */
    @State(Scope.Benchmark)
    public static class Format {
        @Param({"1000", "10000", "100000"})
        public int lines = 1_000;

        @Param({"none", "default", "six"})
        public String gzip = "none";

        OutputStream compressed(OutputStream out, int defaultLevel) throws IOException {
            return switch (gzip) {
                case "none" -> out;
                case "default" -> new LevelledGzip(out, defaultLevel);
                case "six" -> new LevelledGzip(out, GZIP_LEVEL);
                default -> throw new IllegalArgumentException("gzip must be none, default or six: was " + gzip);
            };
        }
    }

    /** The size of the last page, beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class PageSize {
        public long pageBytes;
    }

    /** Loom's side. */
    @State(Scope.Benchmark)
    public static class LoomPage {
        private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

        @Setup
        public void write(Format format) {
            Pages.write(new MicrometerPageWriter(registry), format.lines);
            Settled.settle();
        }
    }

    /** Micrometer's side. */
    @State(Scope.Benchmark)
    public static class MicrometerPage {
        private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        @Setup
        public void write(Format format) {
            Pages.write(new MicrometerPageWriter(registry), format.lines);
            Settled.settle();
        }
    }

    /** client_java's side. */
    @State(Scope.Benchmark)
    public static class ClientJavaPage {
        private final PrometheusRegistry registry = new PrometheusRegistry();
        private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

        @Setup
        public void write(Format format) {
            Pages.write(new ClientJavaPageWriter(registry), format.lines);
            Settled.settle();
        }
    }

    /** OpenTelemetry's side: its exporter makes client_java's snapshots. */
    @State(Scope.Benchmark)
    public static class OpenTelemetryPage {
        private final PrometheusRegistry registry = new PrometheusRegistry();
        private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
        private final SdkMeterProvider provider = OpenTelemetryPageWriter.readBy(registry, MOST_SERIES);

        @Setup
        public void write(Format format) {
            Pages.write(new OpenTelemetryPageWriter(provider.get("benchmarks")), format.lines);
            Settled.settle();
        }
    }
}
