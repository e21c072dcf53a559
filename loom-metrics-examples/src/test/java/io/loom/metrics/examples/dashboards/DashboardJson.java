package io.loom.metrics.examples.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loom.metrics.examples.promql.KnownMetrics;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes a dashboard as Grafana imports it: its JSON model, which {@code @grafana/schema} describes. The same dashboard is always
 * the same text.
 */
final class DashboardJson {
    /** What all our dashboards have, by which they find each other. */
    static final String TAG = "loom";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Grafana 11's: what is newer reads it, too. */
    private static final int SCHEMA_VERSION = 39;

    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private final PanelJson panels = new PanelJson(new Descriptions(KnownMetrics.all()));

    /** {@return the text of the file} */
    String write(Dashboard dashboard) {
        try {
            return JsonMapper.builder().build().writer(PRINTER).writeValueAsString(node(dashboard)) + '\n';
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode node(Dashboard dashboard) {
        ObjectNode node = JSON.objectNode();
        node.put("uid", dashboard.uid());
        node.put("title", dashboard.title());
        node.put("description", dashboard.description());
        node.set("tags", JSON.arrayNode().add(TAG));
        node.put("schemaVersion", SCHEMA_VERSION);
        node.put("editable", true);
        node.put("graphTooltip", 1); // one crosshair for all panels
        node.put("refresh", "30s");
        node.set("time", JSON.objectNode().put("from", "now-1h").put("to", "now"));
        node.put("timezone", "browser");
        node.set("annotations", JSON.objectNode().set("list", JSON.arrayNode()));
        node.set("links", JSON.arrayNode().add(others()));
        node.set("templating", JSON.objectNode().set("list", variables(dashboard.variables())));
        node.set("panels", rows(dashboard.rows()));
        return node;
    }

    /** The other dashboards, whatever they are. */
    private static ObjectNode others() {
        ObjectNode link = JSON.objectNode();
        link.put("type", "dashboards").put("title", "LOOM").put("tooltip", "").put("icon", "external link");
        link.set("tags", JSON.arrayNode().add(TAG));
        link.put("asDropdown", false)
                .put("includeVars", true)
                .put("keepTime", true)
                .put("targetBlank", false);
        return link;
    }

    private static ArrayNode variables(List<Variable> variables) {
        ArrayNode list = JSON.arrayNode();
        variables.forEach(variable -> list.add(variable(variable)));
        return list;
    }

    private static ObjectNode variable(Variable variable) {
        ObjectNode node = JSON.objectNode();
        node.put("name", variable.name()).put("label", variable.title()).put("type", variable.type());
        if (variable.equals(Variable.DATA_SOURCE)) {
            node.put("query", variable.query()).put("refresh", 1).put("includeAll", false);
            return node.put("multi", false);
        }
        node.set("datasource", PanelJson.dataSource());
        node.set("query", JSON.objectNode().put("query", variable.query()).put("refId", "StandardVariableQuery"));
        node.put("refresh", 2); // as the time range changes
        node.put("sort", 1); // by name
        // All is every value there is, and not the list of those of now: series that are new are seen, too.
        node.put("includeAll", true).put("allValue", ".+").put("multi", true);
        node.set("current", JSON.objectNode().put("text", "All").put("value", "$__all"));
        return node;
    }

    private ArrayNode rows(List<Row> rows) {
        Layout layout = new Layout();
        ArrayNode all = JSON.arrayNode();
        for (Row row : rows) {
            ObjectNode title = JSON.objectNode();
            title.put("id", layout.nextId()).put("type", "row").put("title", row.title());
            title.put("collapsed", row.collapsed());
            title.set("gridPos", layout.title());
            ArrayNode content = JSON.arrayNode();
            row.lines().forEach(line -> line(line, layout, content));
            title.set("panels", row.collapsed() ? content : JSON.arrayNode());
            all.add(title);
            if (!row.collapsed()) {
                all.addAll(content);
            }
        }
        return all;
    }

    private void line(Line line, Layout layout, ArrayNode content) {
        int left = 0;
        for (Panel panel : line.panels()) {
            ObjectNode place = layout.place(left, line.width(), line.height());
            content.add(panels.node(panel, layout.nextId(), place));
            left += line.width();
        }
        layout.nextLine(line.height());
    }
}
