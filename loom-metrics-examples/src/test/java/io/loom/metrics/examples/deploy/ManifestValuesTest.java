package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestValuesTest {
    @TestFactory
    List<DynamicTest> values_eachFile_areWhatKubernetesTakes() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> file : Manifests.all().entrySet()) {
            tests.add(DynamicTest.dynamicTest(
                    file.getKey(),
                    () -> assertThat(ManifestValues.complaints(file.getValue())).isEmpty()));
        }
        return tests;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            service.yaml        | /metadata              | name            | Loom        | metadata.name must be a DNS label: was "Loom"
            service.yaml        | /spec/selector         | app             | a b         | spec.selector.app must be the value of a label: was "a b"
            service.yaml        | /spec/ports/0          | name            | metrics-of-the-loom | spec.ports[0].name must be the name of a port: was "metrics-of-the-loom"
            service.yaml        | /spec/ports/0          | port            | 80000       | spec.ports[0].port must be a port or its name: was "80000"
            service.yaml        | /spec/ports/0          | protocol        | HTTP        | spec.ports[0].protocol must be TCP, UDP or SCTP: was "HTTP"
            monitoring.yaml     | /spec/endpoints/0      | interval        | 30 s        | spec.endpoints[0].interval must be a duration: was "30 s"
            monitoring.yaml     | /spec/endpoints/0      | path            | metrics     | spec.endpoints[0].path must be a path: was "metrics"
            monitoring.yaml     | /metadata/labels       | re lease        | prometheus  | metadata.labels.re lease must be the name of a label: was "re lease"
            vpa.yaml            | /spec/updatePolicy     | updateMode      | auto        | spec.updatePolicy.updateMode must be a mode: was "auto"
            vpa.yaml            | /spec/resourcePolicy/containerPolicies/0/minAllowed | memory | 256MB | spec.resourcePolicy.containerPolicies[0].minAllowed.memory must be a quantity: was "256MB"
            """)
    void values_wrongOne_isTold(String file, String parent, String key, String value, String complaint)
            throws IOException {
        JsonNode manifest = Manifests.of(file).deepCopy();
        ((ObjectNode) manifest.at(parent)).put(key, value);

        assertThat(ManifestValues.complaints(manifest)).containsExactly(complaint);
    }
}
