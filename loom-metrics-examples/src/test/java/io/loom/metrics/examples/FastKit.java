package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.loom.metrics.examples.deploy.Kit;
import io.loom.metrics.examples.deploy.TimeScale;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Prometheus's part of the kit in faster time: its jobs, rules and alerts as they are shipped, with all their intervals, windows
 * and waits shorter by one factor.
 *
 * @param scale by how much
 * @param targets where what the shipped file names really is
 */
record FastKit(TimeScale scale, Map<String, URI> targets) {
    private static final JsonMapper JSON = new JsonMapper();
    /** For how long an instant query looks for a sample. */
    private static final Duration LOOKBACK = Duration.ofMinutes(5);

    /**
     * {@return the configuration}
     *
     * @param directory where the rules are written
     * @param alertmanager who hears of alerts
     * @param extra rules that are loaded, too, as they are
     */
    String config(Path directory, URI alertmanager, String extra) throws IOException {
        ObjectNode config = (ObjectNode) Kit.yaml(Kit.DEPLOY.resolve("prometheus.yml"));
        shorten(config.path("global"), "scrape_interval");
        shorten(config.path("global"), "evaluation_interval");
        config.path("scrape_configs").forEach(job -> shorten(job, "scrape_interval"));
        List<Path> files = List.of(
                Files.writeString(directory.resolve("rules.yml"), scale.rules(Kit.RULES)),
                Files.writeString(directory.resolve("alerts.yml"), scale.rules(Kit.ALERTS)),
                Files.writeString(directory.resolve("extra.yml"), extra));
        config.set(
                "rule_files",
                JSON.valueToTree(files.stream().map(Path::toString).toList()));
        String text = JSON.writeValueAsString(config) // JSON is YAML
                .replace("alertmanager:9093", alertmanager.getAuthority());
        for (Map.Entry<String, URI> target : targets.entrySet()) {
            text = text.replace(target.getKey(), target.getValue().getAuthority());
        }
        return text;
    }

    /** {@return the flags that belong to it} */
    String[] flags() {
        return new String[] {"--query.lookback-delta=" + scale.of(LOOKBACK).toMillis() + "ms"};
    }

    private void shorten(JsonNode node, String time) {
        if (node.has(time)) {
            ((ObjectNode) node)
                    .set(time, TextNode.valueOf(scale.duration(node.path(time).asText())));
        }
    }
}
