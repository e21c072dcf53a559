package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The configurations of Loki and Fluent Bit. Debian has neither program, so that this is less than they themselves would check:
 * the keys that their manuals have, and what must fit together.
 */
class LogConfigurationsTest {
    @Test
    void loki_allKeys_areThoseOfTheManual() throws IOException {
        KnownKeys.read("loki-keys.txt").check(loki());
    }

    @Test
    void fluentBit_allKeys_areThoseOfTheManual() throws IOException {
        KnownKeys.read("fluent-bit-keys.txt").check(fluentBit());
    }

    @ParameterizedTest
    @CsvSource({
        "/limits_config, retention_periods, limits_config.retention_periods",
        "/schema_config/configs/0/index, prefixes, schema_config.configs.index.prefixes",
        "/compactor, retention_enable, compactor.retention_enable"
    })
    void loki_keyMistyped_isTold(String parent, String key, String complaint) throws IOException {
        ObjectNode config = loki().deepCopy();
        ((ObjectNode) config.at(parent)).put(key, 1);

        assertThatThrownBy(() -> KnownKeys.read("loki-keys.txt").check(config))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void fluentBit_keyOfAnotherPlugin_isTold() throws IOException {
        ObjectNode config = fluentBit().deepCopy();
        ((ObjectNode) config.at("/pipeline/outputs/0")).put("multiline.parser", "docker");

        assertThatThrownBy(() -> KnownKeys.read("fluent-bit-keys.txt").check(config))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("pipeline.outputs(loki).multiline.parser");
    }

    /** Else logs would stay for ever, or Loki would not start. */
    @Test
    void loki_retention_hasWhatItNeeds() throws IOException {
        JsonNode config = loki();
        JsonNode schema = config.at("/schema_config/configs/0");

        assertThat(config.at("/limits_config/retention_period").asText()).isEqualTo("30d");
        assertThat(config.at("/compactor/retention_enabled").asBoolean()).isTrue();
        assertThat(config.at("/compactor/delete_request_store").asText())
                .isEqualTo(schema.path("object_store").asText());
        assertThat(schema.at("/index/period").asText()).isEqualTo("24h");
    }

    /** It takes structured metadata, such as our trace ids, with no other. */
    @Test
    void loki_schema_isTheOneForStructuredMetadata() throws IOException {
        JsonNode schema = loki().at("/schema_config/configs/0");

        assertThat(schema.path("store").asText()).isEqualTo("tsdb");
        assertThat(schema.path("schema").asText()).isEqualTo("v13");
        assertThat(loki().at("/limits_config/allow_structured_metadata").asBoolean())
                .isTrue();
    }

    @Test
    void loki_data_isInItsVolume() throws IOException {
        JsonNode config = loki();
        String volume = config.at("/common/path_prefix").asText();

        assertThat(volume).isEqualTo("/loki");
        assertThat(config.at("/common/storage/filesystem/chunks_directory").asText())
                .startsWith(volume);
        assertThat(config.at("/compactor/working_directory").asText()).startsWith(volume);
    }

    @Test
    void fluentBit_pipeline_hangsTogether() throws IOException {
        JsonNode config = fluentBit();
        JsonNode pipeline = config.path("pipeline");
        String tag = pipeline.at("/inputs/0/tag").asText();

        assertThat(pipeline.path("filters"))
                .allSatisfy(filter -> assertThat(filter.path("match").asText()).isEqualTo(tag));
        assertThat(pipeline.path("outputs"))
                .allSatisfy(output -> assertThat(output.path("match").asText()).isEqualTo(tag));
        assertThat(config.path("parsers"))
                .extracting(parser -> parser.path("name").asText())
                .contains(
                        pipeline.at("/inputs/0/parser").asText(),
                        pipeline.at("/filters/1/parser").asText());
        assertThat(pipeline.at("/outputs/0/host").asText()).isEqualTo("loki");
        assertThat(pipeline.at("/outputs/0/port").asInt())
                .isEqualTo(loki().at("/server/http_listen_port").asInt());
    }

    /** Labels with many values are what Loki dies of. */
    @Test
    void fluentBit_labels_areThoseOfTheGuideAndTheLevel() throws IOException {
        JsonNode output = fluentBit().at("/pipeline/outputs/0");

        assertThat(output.path("labels").asText()).isEqualTo("app=loom, namespace=loom");
        assertThat(output.path("label_keys").asText()).isEqualTo("$level");
    }

    private static JsonNode loki() throws IOException {
        return YamlFile.of("deploy/loki/loki.yml").read();
    }

    private static JsonNode fluentBit() throws IOException {
        return YamlFile.of("deploy/loki/fluent-bit.yml").read();
    }
}
