package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loom.metrics.examples.deploy.Kit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The kit in a hurry: a real Prometheus and a real Alertmanager with its rules, alerts, routes and inhibitions. It waits for
 * seconds and not for minutes, and every receiver is a webhook.
 */
final class AlertStack implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    /** More than one scrape: a busy machine may miss one. */
    private static final String FOR = "5s";

    private static final String ABSENT = "expr: absent(up{job=\"loom\"})\n        for: ";

    final Webhook webhook;
    final AlertmanagerServer alertmanager;
    final PrometheusServer prometheus;

    private final Running running;

    private AlertStack(Running running, Webhook webhook, AlertmanagerServer alertmanager, PrometheusServer prometheus) {
        this.running = running;
        this.webhook = webhook;
        this.alertmanager = alertmanager;
        this.prometheus = prometheus;
    }

    static AlertStack start(Path directory, URI service) throws Exception {
        return start(directory, alertmanager -> hurriedConfig(directory, service, alertmanager));
    }

    /** What Prometheus is to do. */
    @FunctionalInterface
    interface PrometheusConfig {
        /** {@return the text, for a Prometheus that tells this Alertmanager} */
        String of(URI alertmanager) throws IOException;
    }

    /** Starts one with a configuration of the caller's own for Prometheus. */
    static AlertStack start(Path directory, PrometheusConfig config, String... flags) throws Exception {
        Path prometheusProgram = StackProgram.require("prometheus");
        Path alertmanagerProgram = StackProgram.require("prometheus-alertmanager");
        Running running = new Running();
        try {
            Webhook webhook = running.add(new Webhook());
            AlertmanagerServer alertmanager =
                    running.add(AlertmanagerServer.start(alertmanagerProgram, directory, alertmanagerConfig(webhook)));
            PrometheusServer prometheus = running.add(
                    PrometheusServer.start(prometheusProgram, directory, config.of(alertmanager.uri()), flags));
            alertmanager.awaitReady();
            prometheus.awaitTarget();
            return new AlertStack(running, webhook, alertmanager, prometheus);
        } catch (Exception | AssertionError e) {
            running.close();
            throw e;
        }
    }

    /** {@return the names of the alerts that fire} */
    List<String> firing() throws IOException, InterruptedException {
        return prometheus.query("ALERTS{alertstate=\"firing\"}").findValuesAsText("alertname");
    }

    /** {@return the kit's configuration with short times, and a webhook in the place of each receiver} */
    static String alertmanagerConfig(Webhook webhook) throws IOException {
        ObjectNode config = (ObjectNode) Kit.yaml(Kit.DEPLOY.resolve("alertmanager.yml"));
        config.remove("global");
        config.remove("templates");
        hurry((ObjectNode) config.path("route"));
        config.path("route").path("routes").forEach(route -> hurry((ObjectNode) route));
        ArrayNode receivers = JSON.createArrayNode();
        for (JsonNode receiver : config.path("receivers")) {
            String name = receiver.path("name").asText();
            receivers
                    .addObject()
                    .put("name", name)
                    .putArray("webhook_configs")
                    .addObject()
                    .put("url", webhook.url(name));
        }
        config.set("receivers", receivers);
        return JSON.writeValueAsString(config); // JSON is YAML
    }

    private static void hurry(ObjectNode route) {
        route.put("group_wait", "200ms").put("group_interval", "1s");
    }

    private static String hurriedConfig(Path directory, URI service, URI alertmanager) throws IOException {
        Path rules = Files.writeString(
                directory.resolve("rules.yml"),
                Files.readString(Kit.RULES).replaceAll("(?m)^    interval: \\w+$", "    interval: 1s"));
        Path alerts = Files.writeString(
                directory.resolve("alerts.yml"),
                Files.readString(Kit.ALERTS)
                        .replaceAll("(?m)^        for: \\w+$", "        for: " + FOR)
                        .replace(ABSENT + FOR, ABSENT + "1m")); // Prometheus has no target until its first scrape
        return """
                global: {scrape_interval: 1s, evaluation_interval: 1s, external_labels: {cluster: loom}}
                rule_files: ["%s", "%s"]
                scrape_configs:
                  - job_name: loom
                    static_configs: [{targets: ["%s"]}]
                alerting:
                  alertmanagers:
                    - static_configs: [{targets: ["%s"]}]
                """.formatted(rules, alerts, service.getAuthority(), alertmanager.getAuthority());
    }

    @Override
    public void close() {
        running.close();
    }
}
