package io.loom.metrics.prometheus.spring;

import io.loom.metrics.prometheus.ExpositionFormat;
import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;

/** The formats of the page, as the actuator negotiates them. */
public enum ScrapeFormat implements Producible<ScrapeFormat> {
    /** The Prometheus text format 0.0.4. */
    TEXT(ExpositionFormat.TEXT),
    /** OpenMetrics 1.0.0. */
    OPENMETRICS(ExpositionFormat.OPENMETRICS),
    /** Prometheus protobuf. */
    PROTOBUF(ExpositionFormat.PROTOBUF);

    private final ExpositionFormat format;
    private final MimeType mimeType;

    ScrapeFormat(ExpositionFormat format) {
        this.format = format;
        this.mimeType = MimeType.valueOf(format.contentType());
    }

    ExpositionFormat format() {
        return format;
    }

    @Override
    public MimeType getProducedMimeType() {
        return mimeType;
    }

    @Override
    public boolean isDefault() {
        return this == TEXT;
    }
}
