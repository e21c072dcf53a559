package io.loom.metrics.examples.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** The rules of Prometheus's files, as the Operator of Prometheus takes them. */
final class PrometheusRuleManifest {
    private static final List<String> RULES = List.of("deploy/prometheus-rules.yml", "deploy/prometheus-alerts.yml");
    private static final String HEAD = """
            # Made from deploy/prometheus-rules.yml and deploy/prometheus-alerts.yml: change those, then run the command in
            # CONTRIBUTING.md.
            """;
    private static final int WIDTH = 120;
    private static final JsonMapper JSON = new JsonMapper();

    private PrometheusRuleManifest() {}

    static String render() throws IOException {
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("apiVersion", "monitoring.coreos.com/v1").put("kind", "PrometheusRule");
        ObjectNode metadata =
                manifest.putObject("metadata").put("name", "loom-rules").put("namespace", "loom");
        metadata.putObject("labels").put("app", "loom").put("release", "prometheus");
        ArrayNode groups = manifest.putObject("spec").putArray("groups");
        for (String file : RULES) {
            JsonNode read = YamlFile.of(file).read().path("groups");
            read.forEach(groups::add);
        }
        return HEAD + yaml(manifest);
    }

    private static String yaml(JsonNode node) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        options.setWidth(WIDTH);
        return new Yaml(new Lines(options), options).dump(JSON.convertValue(node, Map.class));
    }

    /** Texts of several lines stay so. */
    private static final class Lines extends Representer {
        Lines(DumperOptions options) {
            super(options);
        }

        @Override
        protected Node representScalar(Tag tag, String value, DumperOptions.ScalarStyle style) {
            return super.representScalar(tag, value, value.contains("\n") ? DumperOptions.ScalarStyle.LITERAL : style);
        }
    }
}
