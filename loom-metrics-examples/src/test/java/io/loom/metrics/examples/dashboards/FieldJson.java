package io.loom.metrics.examples.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes how the values of a panel look: its {@code fieldConfig}. */
final class FieldJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FieldJson() {}

    static ObjectNode of(Panel panel) {
        Style style = panel.style();
        ObjectNode defaults = JSON.objectNode();
        defaults.put("unit", style.unit().id());
        defaults.put("noValue", style.empty());
        defaults.set("mappings", mappings(style));
        defaults.set("thresholds", thresholds(style.thresholds()));
        defaults.set("color", JSON.objectNode().put("mode", colors(panel.kind())));
        if (panel.kind() == PanelKind.GAUGE) {
            defaults.put("min", 0).put("max", 2 * limit(panel));
        }
        defaults.set("custom", custom(panel));
        ObjectNode node = JSON.objectNode();
        node.set("defaults", defaults);
        node.set("overrides", panel.kind() == PanelKind.TABLE ? columns(panel.targets()) : JSON.arrayNode());
        return node;
    }

    /** Not a number is what Prometheus makes of quantiles of nothing. */
    private static ArrayNode mappings(Style style) {
        ArrayNode mappings = JSON.arrayNode();
        ObjectNode special = JSON.objectNode().put("match", "null+nan");
        special.set("result", JSON.objectNode().put("text", style.empty()).put("color", "text"));
        mappings.add(JSON.objectNode().put("type", "special").set("options", special));
        if (!style.words().isEmpty()) {
            ObjectNode words = JSON.objectNode();
            for (int value = 0; value < style.words().size(); value++) {
                words.set(
                        Integer.toString(value),
                        JSON.objectNode().put("text", style.words().get(value)));
            }
            mappings.add(JSON.objectNode().put("type", "value").set("options", words));
        }
        return mappings;
    }

    private static ObjectNode thresholds(List<Threshold> thresholds) {
        ArrayNode steps = JSON.arrayNode();
        thresholds.forEach(threshold ->
                steps.add(JSON.objectNode().put("color", threshold.color()).put("value", threshold.from())));
        return JSON.objectNode().put("mode", "absolute").set("steps", steps);
    }

    private static String colors(PanelKind kind) {
        return switch (kind) {
            case STAT, GAUGE, BAR_GAUGE, TABLE -> "thresholds";
            case TIME_SERIES, HEATMAP -> "palette-classic";
        };
    }

    private static double limit(Panel panel) {
        Double limit = panel.style()
                .thresholds()
                .get(panel.style().thresholds().size() - 1)
                .from();
        if (limit == null) {
            throw new IllegalArgumentException("gauge \"" + panel.title() + "\" must have a threshold: had none");
        }
        return limit;
    }

    private static ObjectNode custom(Panel panel) {
        ObjectNode custom = JSON.objectNode();
        if (panel.kind() == PanelKind.TIME_SERIES) {
            boolean stacked = panel.style().stacked();
            custom.put("drawStyle", "line").put("lineWidth", 1).put("lineInterpolation", "linear");
            custom.put("fillOpacity", stacked ? 30 : 10)
                    .put("showPoints", "auto")
                    .put("spanNulls", false);
            custom.set("stacking", JSON.objectNode().put("group", "A").put("mode", stacked ? "normal" : "none"));
            custom.set(
                    "thresholdsStyle",
                    JSON.objectNode().put("mode", panel.style().judges() ? "dashed" : "off"));
        }
        return custom;
    }

    /** Each column has a unit of its own. */
    private static ArrayNode columns(List<Target> targets) {
        ArrayNode overrides = JSON.arrayNode();
        for (Target target : targets) {
            ObjectNode column = JSON.objectNode();
            column.set("matcher", JSON.objectNode().put("id", "byName").put("options", target.legend()));
            column.set(
                    "properties",
                    JSON.arrayNode()
                            .add(JSON.objectNode()
                                    .put("id", "unit")
                                    .put("value", target.unit().id())));
            overrides.add(column);
        }
        return overrides;
    }
}
