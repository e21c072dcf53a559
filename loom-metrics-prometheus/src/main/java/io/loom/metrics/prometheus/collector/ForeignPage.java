package io.loom.metrics.prometheus.collector;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what foreign collectors have, by client_java's own writers, behind our families. */
public final class ForeignPage {
    private static final PrometheusTextFormatWriter TEXT = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();

    private static final OpenMetricsTextFormatWriter OPEN_METRICS =
            OpenMetricsTextFormatWriter.builder().build();
    private static final PrometheusProtobufWriter PROTOBUF = new PrometheusProtobufWriter();
    private static final byte[] EOF = "# EOF\n".getBytes(StandardCharsets.US_ASCII);

    private ForeignPage() {}

    /**
     * Writes families in the text format 0.0.4.
     *
     * @throws IOException where {@code out} does
     */
    public static void writeText(MetricSnapshots snapshots, OutputStream out) throws IOException {
        if (snapshots.size() > 0) {
            TEXT.write(new Unflushed(out), snapshots);
        }
    }

    /**
     * Writes families in OpenMetrics, and the end of the page.
     *
     * @throws IOException where {@code out} does
     */
    public static void writeOpenMetrics(MetricSnapshots snapshots, OutputStream out) throws IOException {
        if (snapshots.size() > 0) {
            OPEN_METRICS.write(new Unflushed(out), snapshots);
        } else {
            out.write(EOF);
        }
    }

    /**
     * Writes families in protobuf, where client_java's own encoder is on the class path: Micrometer's registry brings it.
     *
     * @throws IOException where {@code out} does
     */
    public static void writeProtobuf(MetricSnapshots snapshots, OutputStream out) throws IOException {
        if (snapshots.size() > 0 && PROTOBUF.isAvailable()) {
            PROTOBUF.write(new Unflushed(out), snapshots);
        }
    }

    /** Their writers flush; when to do so is for the owner of the stream to say. */
    private static final class Unflushed extends OutputStream {
        private final OutputStream out;

        Unflushed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }
    }
}
