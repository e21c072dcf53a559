package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.exposition.ProtobufPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Pages in protobuf, parsed strictly. */
final class ProtobufPages {
    private ProtobufPages() {}

    static ProtobufPage of(LoomPrometheusRegistry registry) {
        return ProtobufPage.parse(bytes(registry));
    }

    static byte[] bytes(LoomPrometheusRegistry registry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            registry.scrape(ExpositionFormat.PROTOBUF, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
