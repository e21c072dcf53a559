package io.loom.metrics.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboards by a JSON schema that was made from Grafana's own types; a key that these do not have is a fault. */
class DashboardSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static Schema schema;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream file = DashboardSchemaTest.class.getResourceAsStream("/grafana/dashboard.schema.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(JSON.readTree(file));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void dashboard_each_fitsTheSchema(DashboardFile file) {
        assertThat(schema.validate(file.root())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/templating/list/0",
                "/panels/0",
                "/panels/1",
                "/panels/1/gridPos",
                "/panels/1/targets/0",
                "/panels/1/options",
                "/panels/1/options/reduceOptions",
                "/panels/1/fieldConfig/defaults",
                "/panels/1/fieldConfig/defaults/thresholds/steps/0"
            })
    void key_thatGrafanaDoesNotKnow_isFound(String place) throws IOException {
        JsonNode copy = files().get(0).root().deepCopy();
        ((ObjectNode) copy.at(place)).put("surplus", 1);

        assertThat(schema.validate(copy)).isNotEmpty();
    }

    @Test
    void panel_ofAnUnknownType_isFound() throws IOException {
        JsonNode copy = files().get(0).root().deepCopy();
        ((ObjectNode) copy.at("/panels/1")).put("type", "graph");

        assertThat(schema.validate(copy)).isNotEmpty();
    }

    static List<DashboardFile> files() throws IOException {
        return DashboardFile.all();
    }
}
