package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code deploy/prometheus.yml} is as the monitoring guide says. */
class PrometheusConfigTest {
    @Test
    void intervals_everywhere_areTheGuides() throws IOException {
        JsonNode config = config();

        assertThat(config.at("/global/scrape_interval").asText()).isEqualTo("30s");
        assertThat(config.at("/global/evaluation_interval").asText()).isEqualTo("30s");
        assertThat(jobs("scrape_interval")).isEqualTo(Map.of("loom", "30s", "prometheus", "", "node-exporter", "15s"));
    }

    @Test
    void jobs_all_scrapeTheGuidesTargets() throws IOException {
        Map<String, String> targets = new TreeMap<>();
        config().path("scrape_configs")
                .forEach(job -> targets.put(
                        job.path("job_name").asText(),
                        job.at("/static_configs/0/targets/0").asText()));

        assertThat(targets)
                .isEqualTo(Map.of(
                        "loom", "loom:8000", "prometheus", "localhost:9090", "node-exporter", "node-exporter:9100"));
        assertThat(jobs("metrics_path")).containsEntry("loom", "/metrics");
    }

    @Test
    void files_andAlertmanagers_areTheGuides() throws IOException {
        JsonNode config = config();

        assertThat(config.path("rule_files"))
                .extracting(JsonNode::asText)
                .isEqualTo(List.of("/etc/prometheus/loom-rules.yml", "/etc/prometheus/loom-alerts.yml"));
        assertThat(config.at("/alerting/alertmanagers/0/static_configs/0/targets/0")
                        .asText())
                .isEqualTo("alertmanager:9093");
    }

    private static Map<String, String> jobs(String field) throws IOException {
        Map<String, String> values = new TreeMap<>();
        config().path("scrape_configs")
                .forEach(job -> values.put(
                        job.path("job_name").asText(), job.path(field).asText()));
        return values;
    }

    private static JsonNode config() throws IOException {
        return Kit.yaml(Kit.DEPLOY.resolve("prometheus.yml"));
    }
}
