package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each manifest is what its type allows, and a slip in any key or kind of value of it would be told. */
class KubernetesTypesTest {
    /** Whose keys are anybody's own. */
    private static final Set<String> MAPS =
            Set.of("labels", "annotations", "matchLabels", "requests", "limits", "minAllowed", "maxAllowed");

    private static final Set<String> IDENTITY = Set.of("/apiVersion", "/kind");

    @TestFactory
    List<DynamicTest> manifest_eachFile_isOfItsType() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> file : Manifests.all().entrySet()) {
            tests.add(DynamicTest.dynamicTest(
                    file.getKey(),
                    () -> assertThatCode(() -> KubernetesTypes.parse(file.getValue()))
                            .doesNotThrowAnyException()));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> manifest_anyKeyMistyped_isRefused() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> file : Manifests.all().entrySet()) {
            for (String pointer : keys("", file.getValue())) {
                tests.add(DynamicTest.dynamicTest(file.getKey() + ' ' + pointer, () -> {
                    JsonNode typo = mistyped(file.getValue(), pointer);
                    assertThatThrownBy(() -> KubernetesTypes.parse(typo))
                            .isInstanceOf(UnrecognizedPropertyException.class);
                }));
            }
        }
        assertThat(tests).hasSizeGreaterThan(100);
        return tests;
    }

    @Test
    void manifest_numberAsLabel_isRefused() throws IOException {
        ObjectNode service = Manifests.of("service.yaml").deepCopy();
        service.withObject("/metadata/labels").put("version", 1);

        assertThatThrownBy(() -> KubernetesTypes.parse(service)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void manifest_textAsNumberOrTruth_isRefused() throws IOException {
        ObjectNode replicas = Manifests.of("deployment.yaml").deepCopy();
        replicas.withObject("/spec").put("replicas", "2");
        ObjectNode token = Manifests.of("deployment.yaml").deepCopy();
        token.withObject("/spec/template/spec").put("automountServiceAccountToken", "false");

        assertThatThrownBy(() -> KubernetesTypes.parse(replicas)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> KubernetesTypes.parse(token)).isInstanceOf(JsonProcessingException.class);
    }

    private static List<String> keys(String at, JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.properties().forEach(field -> {
            String pointer = at + '/' + field.getKey();
            if (!IDENTITY.contains(pointer)) {
                keys.add(pointer);
            }
            boolean map = MAPS.contains(field.getKey()) || pointer.equals("/spec/selector");
            if (!(map && isFlat(field.getValue()))) {
                keys.addAll(keys(pointer, field.getValue()));
            }
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            keys.addAll(keys(at + '/' + i, node.get(i)));
        }
        return keys;
    }

    private static boolean isFlat(JsonNode node) {
        return node.properties().stream().noneMatch(field -> field.getValue().isContainerNode());
    }

    private static JsonNode mistyped(JsonNode manifest, String pointer) {
        JsonNode typo = manifest.deepCopy();
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) typo.at(pointer.substring(0, slash));
        String key = pointer.substring(slash + 1);
        parent.set(key + 's', parent.remove(key));
        return typo;
    }
}
