package io.loom.metrics.prometheus.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.ProtobufPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;

/** The endpoint itself. How the actuator negotiates is tested in an application, in the examples. */
class LoomPrometheusEndpointTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final LoomPrometheusEndpoint endpoint = new LoomPrometheusEndpoint(registry);

    LoomPrometheusEndpointTest() {
        registry.counter("drafts").increment(3);
        registry.counter("cost").increment(0.5);
    }

    @Test
    void protobuf_isThePageAndItsType() {
        WebEndpointResponse<byte[]> response = endpoint.scrape(ScrapeFormat.PROTOBUF, null);

        assertThat(response.getContentType())
                .isEqualTo(MimeType.valueOf("application/vnd.google.protobuf;"
                        + "proto=io.prometheus.client.MetricFamily;encoding=delimited"));
        assertThat(ProtobufPage.parse(response.getBody()).samples())
                .isEqualTo(Map.of(TextPage.Series.of("cost_total"), 0.5, TextPage.Series.of("drafts_total"), 3.0));
    }

    @Test
    void protobuf_ofSomeNames_hasTheseAlone() {
        WebEndpointResponse<byte[]> response = endpoint.scrape(ScrapeFormat.PROTOBUF, Set.of("drafts"));

        assertThat(ProtobufPage.parse(response.getBody()).samples())
                .isEqualTo(Map.of(TextPage.Series.of("drafts_total"), 3.0));
    }

    @Test
    void otherFormats_areTheirPages() {
        byte[] text = endpoint.scrape(ScrapeFormat.TEXT, null).getBody();
        byte[] openMetrics = endpoint.scrape(ScrapeFormat.OPENMETRICS, null).getBody();

        assertThat(TextPage.parse(new String(text, StandardCharsets.UTF_8)).value("drafts_total"))
                .isEqualTo(3);
        assertThat(OpenMetricsPage.parse(openMetrics).value("drafts_total")).isEqualTo(3);
    }

    @Test
    void formats_areAllThereAreAndTextIsTheDefault() {
        assertThat(Arrays.stream(ScrapeFormat.values()).map(ScrapeFormat::format))
                .containsExactly(ExpositionFormat.values());
        assertThat(Arrays.stream(ScrapeFormat.values()).filter(ScrapeFormat::isDefault))
                .containsExactly(ScrapeFormat.TEXT);
    }
}
