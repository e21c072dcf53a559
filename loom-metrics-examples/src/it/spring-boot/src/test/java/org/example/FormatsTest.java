package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The formats of the page, as the actuator negotiates them with Prometheus. */
class FormatsTest {
    private static final String PROMETHEUS_ACCEPTS =
            "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private static final String PROMETHEUS_WITH_NATIVE_HISTOGRAMS_ACCEPTS =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
                    + "application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private final RunningTales tales = new RunningTales();

    @AfterEach
    void stop() {
        tales.close();
    }

    @Test
    void page_asked_asPrometheusAsks_isAnswered() throws Exception {
        tales.start();

        HttpResponse<String> page = tales.get("/actuator/prometheus", "Accept", PROMETHEUS_ACCEPTS);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type)
                .startsWith("application/openmetrics-text"));
        assertThat(page.body()).contains("loom_sessions_total").endsWith("# EOF\n");
    }

    @Test
    void page_asked_asPrometheusWithNativeHistogramsAsks_isProtobuf() throws Exception {
        tales.start();

        HttpResponse<byte[]> page = tales.getBytes(
                "/actuator/prometheus", "Accept", PROMETHEUS_WITH_NATIVE_HISTOGRAMS_ACCEPTS);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type)
                .startsWith("application/vnd.google.protobuf")
                .contains("proto=io.prometheus.client.MetricFamily", "encoding=delimited"));
        assertThat(familyNames(page.body())).contains("loom_sessions_total", "jvm_memory_used_bytes");
    }

    /** Each message is behind its length, and begins with the family's name: field 1, and a length that fits into a byte. */
    private static List<String> familyNames(byte[] page) throws IOException {
        List<String> names = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(page));
        while (in.available() > 0) {
            int length = 0;
            int part = 0x80;
            for (int shift = 0; (part & 0x80) != 0; shift += 7) {
                part = in.readUnsignedByte();
                length |= (part & 0x7f) << shift;
            }
            byte[] message = new byte[length];
            in.readFully(message);
            assertThat(message[0]).isEqualTo((byte) 0x0a);
            names.add(new String(message, 2, message[1], StandardCharsets.UTF_8));
        }
        return names;
    }
}
