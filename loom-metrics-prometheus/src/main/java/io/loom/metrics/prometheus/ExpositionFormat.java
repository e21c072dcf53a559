package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.exposition.OpenMetricsRenderer;
import io.loom.metrics.prometheus.exposition.ProtobufRenderer;
import io.loom.metrics.prometheus.exposition.TextRenderer;
import io.loom.metrics.prometheus.family.Families;
import java.io.IOException;
import java.io.OutputStream;

/** A format that a page can be written in. */
public enum ExpositionFormat {
    /** The Prometheus text format 0.0.4. */
    TEXT("text", TextRenderer.CONTENT_TYPE, TextRenderer::render),
    /** OpenMetrics 1.0.0. */
    OPENMETRICS("openmetrics", OpenMetricsRenderer.CONTENT_TYPE, OpenMetricsRenderer::render),
    /** The Prometheus protobuf format, the only one that has native histograms. */
    PROTOBUF("protobuf", ProtobufRenderer.CONTENT_TYPE, ProtobufRenderer::render);

    private final String label;
    private final String contentType;
    private final Renderer renderer;

    ExpositionFormat(String label, String contentType, Renderer renderer) {
        this.label = label;
        this.contentType = contentType;
        this.renderer = renderer;
    }

    /** {@return the value of the label {@code format} of {@code loom_metrics_scrape_duration_seconds}} */
    public String label() {
        return label;
    }

    /** {@return the content type, with its parameters} */
    public String contentType() {
        return contentType;
    }

    void render(Families families, OutputStream out, long nowNanos) throws IOException {
        renderer.render(families, out, nowNanos);
    }

    /** Writes a page. */
    private interface Renderer {
        void render(Families families, OutputStream out, long nowNanos) throws IOException;
    }
}
