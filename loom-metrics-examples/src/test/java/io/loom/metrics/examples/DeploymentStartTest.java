package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loom.metrics.examples.deploy.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kubernetes/deployment.yaml} tells the service is what the service takes. */
class DeploymentStartTest {
    @TempDir
    private Path directory;

    @Test
    void args_all_areFlagsOfTheService() throws Exception {
        String[] args = StreamSupport.stream(container().path("args").spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new);

        ServiceConfig config = CommandLine.parse(environment(), args).config();

        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port())
                .isEqualTo(container().at("/ports/0/containerPort").asInt());
        assertThat(config.log()).isEqualTo(LogFormat.JSON);
        assertThat(config.traffic()).isFalse();
    }

    @Test
    void key_inTheMountedDirectory_isRead() throws Exception {
        Files.writeString(directory.resolve("llm_key"), "a key\n");
        String mounted = container().at("/volumeMounts/1/mountPath").asText();
        Map<String, String> environment = new HashMap<>();
        environment().forEach((name, value) -> environment.put(name, value.replace(mounted, directory.toString())));

        assertThat(environment).hasSize(1);
        assertThat(LlmKey.of(environment)).contains("a key");
    }

    private static Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>();
        container()
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }

    private static JsonNode container() throws IOException {
        return YamlFile.of("kubernetes/deployment.yaml").read().at("/spec/template/spec/containers/0");
    }
}
