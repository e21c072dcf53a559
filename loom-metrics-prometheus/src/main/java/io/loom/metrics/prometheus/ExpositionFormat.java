package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.collector.ForeignCollectors;
import io.loom.metrics.prometheus.collector.ForeignPage;
import io.loom.metrics.prometheus.exposition.OpenMetricsRenderer;
import io.loom.metrics.prometheus.exposition.ProtobufRenderer;
import io.loom.metrics.prometheus.exposition.TextRenderer;
import io.loom.metrics.prometheus.family.Families;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;

/** A format that a page can be written in. */
public enum ExpositionFormat {
    /** The Prometheus text format 0.0.4. */
    TEXT("text", TextRenderer.CONTENT_TYPE, TextRenderer::render, ForeignPage::writeText),
    /** OpenMetrics 1.0.0. */
    OPENMETRICS(
            "openmetrics",
            OpenMetricsRenderer.CONTENT_TYPE,
            OpenMetricsRenderer::renderFamilies,
            ForeignPage::writeOpenMetrics),
    /** The Prometheus protobuf format, the only one that has native histograms. */
    PROTOBUF("protobuf", ProtobufRenderer.CONTENT_TYPE, ProtobufRenderer::render, ForeignPage::writeProtobuf);

    private final String label;
    private final String contentType;
    private final Renderer renderer;
    private final ForeignWriter foreignWriter;

    ExpositionFormat(String label, String contentType, Renderer renderer, ForeignWriter foreignWriter) {
        this.label = label;
        this.contentType = contentType;
        this.renderer = renderer;
        this.foreignWriter = foreignWriter;
    }

    /** {@return the value of the label {@code format} of {@code loom_metrics_scrape_duration_seconds}} */
    public String label() {
        return label;
    }

    /** {@return the content type, with its parameters} */
    public String contentType() {
        return contentType;
    }

    /** Writes our families, and then what others have: they are waited for as late as can be. */
    void render(Families families, ForeignCollectors.Collection others, OutputStream out, long nowNanos)
            throws IOException {
        renderer.render(families, out, nowNanos);
        foreignWriter.write(others.await(families), out);
    }

    /** Writes our families. */
    private interface Renderer {
        void render(Families families, OutputStream out, long nowNanos) throws IOException;
    }

    /** Writes what others have, if they have anything, and what ends a page. */
    private interface ForeignWriter {
        void write(MetricSnapshots snapshots, OutputStream out) throws IOException;
    }
}
