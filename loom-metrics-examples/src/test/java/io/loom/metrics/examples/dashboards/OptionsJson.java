package io.loom.metrics.examples.dashboards;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes what is particular to a kind of panel: its {@code options}. */
final class OptionsJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String LAST = "lastNotNull";

    private OptionsJson() {}

    static ObjectNode of(Panel panel) {
        return switch (panel.kind()) {
            case STAT -> stat(panel);
            case GAUGE -> gauge();
            case BAR_GAUGE -> bars();
            case TIME_SERIES -> graph();
            case HEATMAP -> heatmap(panel);
            case TABLE -> table();
        };
    }

    private static ObjectNode stat(Panel panel) {
        boolean named =
                panel.targets().stream().anyMatch(target -> target.legend().contains("{{"));
        ObjectNode options = reduced("auto");
        options.put("colorMode", "value").put("graphMode", panel.style().words().isEmpty() ? "area" : "none");
        options.put("justifyMode", "auto").put("showPercentChange", false).put("percentChangeColorMode", "standard");
        return options.put("textMode", named ? "value_and_name" : "value").put("wideLayout", true);
    }

    private static ObjectNode gauge() {
        ObjectNode options = reduced("auto");
        options.put("minVizHeight", 75).put("minVizWidth", 75).put("sizing", "auto");
        options.put("showThresholdLabels", false).put("showThresholdMarkers", true);
        options.put("shape", "gauge").put("barShape", "flat").put("barWidthFactor", 0.5);
        options.put("segmentCount", 1).put("segmentSpacing", 0.3).put("sparkline", false);
        return options.set("effects", JSON.objectNode());
    }

    private static ObjectNode bars() {
        ObjectNode options = reduced("horizontal");
        options.put("displayMode", "basic").put("valueMode", "color").put("namePlacement", "auto");
        options.put("minVizHeight", 16).put("minVizWidth", 8).put("maxVizHeight", 300);
        options.put("showUnfilled", true).put("sizing", "auto");
        return options.set("legend", legend("list", false));
    }

    private static ObjectNode reduced(String orientation) {
        ObjectNode reduce = JSON.objectNode();
        reduce.set("calcs", JSON.arrayNode().add(LAST));
        reduce.put("fields", "").put("values", false);
        return JSON.objectNode().put("orientation", orientation).set("reduceOptions", reduce);
    }

    private static ObjectNode graph() {
        ObjectNode options = JSON.objectNode();
        options.set("legend", legend("table", true));
        options.set("tooltip", JSON.objectNode().put("mode", "multi").put("sort", "desc"));
        return options;
    }

    private static ObjectNode legend(String mode, boolean shown) {
        ObjectNode legend = JSON.objectNode();
        legend.set("calcs", JSON.arrayNode().add(LAST).add("max"));
        return legend.put("displayMode", mode).put("placement", "bottom").put("showLegend", shown);
    }

    private static ObjectNode heatmap(Panel panel) {
        ObjectNode options = JSON.objectNode();
        options.put("calculate", false).put("cellGap", 1).put("showValue", "never");
        options.set("cellValues", JSON.objectNode().put("unit", Unit.COUNT.id()));
        ObjectNode color = JSON.objectNode();
        color.put("mode", "scheme")
                .put("scheme", "Oranges")
                .put("fill", "dark-orange")
                .put("scale", "exponential");
        color.put("exponent", 0.5).put("steps", 64).put("reverse", false);
        options.set("color", color);
        options.set("exemplars", JSON.objectNode().put("color", "rgba(255,0,255,0.7)"));
        options.set("filterValues", JSON.objectNode().put("le", 1e-9)); // no cells for nothing
        options.set("legend", JSON.objectNode().put("show", true));
        options.set("rowsFrame", JSON.objectNode().put("layout", "auto"));
        options.set("tooltip", JSON.objectNode().put("mode", "single").put("showColorScale", true));
        options.set(
                "yAxis",
                JSON.objectNode()
                        .put("axisPlacement", "left")
                        .put("reverse", false)
                        .put("unit", panel.style().unit().id()));
        return options;
    }

    private static ObjectNode table() {
        ObjectNode options = JSON.objectNode();
        options.put("frameIndex", 0).put("showHeader", true).put("cellHeight", "sm");
        return options;
    }
}
