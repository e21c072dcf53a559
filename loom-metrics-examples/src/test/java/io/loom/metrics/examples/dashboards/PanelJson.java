package io.loom.metrics.examples.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes a panel as Grafana imports it. */
record PanelJson(Descriptions descriptions) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** {@return the data source that the reader chose} */
    static ObjectNode dataSource() {
        return JSON.objectNode().put("type", "prometheus").put("uid", "${datasource}");
    }

    ObjectNode node(Panel panel, int id, ObjectNode place) {
        ObjectNode node = JSON.objectNode();
        node.put("id", id).put("type", panel.kind().type()).put("title", panel.title());
        node.put("description", descriptions.of(panel));
        node.set("gridPos", place);
        node.set("datasource", dataSource());
        node.set("targets", targets(panel));
        node.set("fieldConfig", FieldJson.of(panel));
        node.set("options", OptionsJson.of(panel));
        if (panel.kind() == PanelKind.TABLE) {
            node.set("transformations", joinedColumns(panel));
        }
        if (!panel.links().isEmpty()) {
            ArrayNode links = JSON.arrayNode();
            panel.links().forEach(link -> links.add(link(link)));
            node.set("links", links);
        }
        return node;
    }

    private static ArrayNode targets(Panel panel) {
        ArrayNode targets = JSON.arrayNode();
        for (int i = 0; i < panel.targets().size(); i++) {
            targets.add(target(panel, panel.targets().get(i), refId(i)));
        }
        return targets;
    }

    private static ObjectNode target(Panel panel, Target target, String refId) {
        boolean now = panel.kind().isOfNow();
        ObjectNode node = JSON.objectNode();
        node.put("refId", refId);
        node.set("datasource", dataSource());
        node.put("editorMode", "code").put("expr", target.query().text());
        node.put("legendFormat", panel.kind() == PanelKind.HEATMAP ? "{{le}}" : target.legend());
        node.put("format", format(panel)).put("instant", now).put("range", !now);
        return node.put("exemplar", panel.style().traces());
    }

    /** The format {@code heatmap} makes of cumulative buckets what each of them has. */
    private static String format(Panel panel) {
        return switch (panel.kind()) {
            case TABLE -> "table";
            case HEATMAP -> "heatmap";
            case BAR_GAUGE -> panel.targets().stream().anyMatch(PanelJson::isOfBuckets) ? "heatmap" : "time_series";
            case STAT, GAUGE, TIME_SERIES -> "time_series";
        };
    }

    private static boolean isOfBuckets(Target target) {
        return target.query().labels().equals(List.of("le"));
    }

    /** Joins the columns by the labels that their queries group by, and calls them by their names. */
    private static ArrayNode joinedColumns(Panel panel) {
        ObjectNode names = JSON.objectNode();
        for (int i = 0; i < panel.targets().size(); i++) {
            names.put("Value #" + refId(i), panel.targets().get(i).legend());
        }
        if (panel.targets().size() == 1) {
            names.put("Value", panel.targets().get(0).legend()); // Grafana numbers only what it has to
        }
        ObjectNode organize = JSON.objectNode();
        organize.set("excludeByName", JSON.objectNode().put("Time", true));
        organize.set("indexByName", JSON.objectNode());
        organize.set("renameByName", names);
        return JSON.arrayNode()
                .add(transformation("merge", JSON.objectNode()))
                .add(transformation("organize", organize));
    }

    private static ObjectNode transformation(String id, ObjectNode options) {
        return JSON.objectNode().put("id", id).set("options", options);
    }

    private static ObjectNode link(Link link) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "link").put("title", link.title()).put("url", link.url());
        node.put("tooltip", "").put("icon", "external link");
        node.set("tags", JSON.arrayNode());
        // The address itself says so, since Grafana heeds these two above the panels only.
        node.put("asDropdown", false).put("includeVars", true).put("keepTime", true);
        return node.put("targetBlank", false);
    }

    private static String refId(int number) {
        return String.valueOf((char) ('A' + number));
    }
}
