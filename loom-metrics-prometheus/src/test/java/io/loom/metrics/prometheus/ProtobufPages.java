package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.exposition.ProtobufPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Pages in protobuf, parsed strictly. */
final class ProtobufPages {
    private ProtobufPages() {}

    static ProtobufPage of(LoomPrometheusRegistry registry) throws IOException {
        return ProtobufPage.parse(bytes(registry));
    }

    static byte[] bytes(LoomPrometheusRegistry registry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.scrape(ExpositionFormat.PROTOBUF, out);
        return out.toByteArray();
    }
}
