package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifests fit each other, and have the names of the guide. */
class KubernetesManifestsTest {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final String LABEL = "loom";

    @ParameterizedTest
    @CsvSource({
        "namespace.yaml,        Namespace,             loom",
        "deployment.yaml,       Deployment,            loom",
        "service.yaml,          Service,               loom",
        "monitoring.yaml,       ServiceMonitor,        loom-monitor",
        "pod-monitor.yaml,      PodMonitor,            loom-pod-monitor",
        "prometheus-rule.yaml,  PrometheusRule,        loom-rules",
        "vpa.yaml,              VerticalPodAutoscaler, loom-vpa",
        "network-policy.yaml,   NetworkPolicy,         loom-network-policy"
    })
    void manifest_ofTheGuide_hasItsName(String file, String kind, String name) throws IOException {
        JsonNode manifest = Manifests.of(file);

        assertThat(manifest.path("kind").asText()).isEqualTo(kind);
        assertThat(manifest.at("/metadata/name").asText()).isEqualTo(name);
    }

    @Test
    void manifest_each_isInTheNamespaceAndHasTheLabel() throws IOException {
        for (Map.Entry<String, JsonNode> file : Manifests.all().entrySet()) {
            JsonNode metadata = file.getValue().path("metadata");
            assertThat(metadata.at("/labels/app").asText()).as(file.getKey()).isEqualTo(LABEL);
            if (!file.getKey().equals("namespace.yaml")) {
                assertThat(metadata.path("namespace").asText())
                        .as(file.getKey())
                        .isEqualTo("loom");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "deployment.yaml,        /spec/selector/matchLabels/app",
        "deployment.yaml,        /spec/template/metadata/labels/app",
        "deployment.yaml,        /spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/app",
        "service.yaml,           /spec/selector/app",
        "disruption-budget.yaml, /spec/selector/matchLabels/app",
        "network-policy.yaml,    /spec/podSelector/matchLabels/app",
        "monitoring.yaml,        /spec/selector/matchLabels/app",
        "pod-monitor.yaml,       /spec/selector/matchLabels/app"
    })
    void selector_each_findsThePods(String file, String pointer) throws IOException {
        assertThat(Manifests.of(file).at(pointer).asText()).isEqualTo(LABEL);
    }

    /** A port that is named where it is not known is never scraped, and nothing says so. */
    @Test
    void port_whereverItIsNamed_isThatOfTheContainer() throws IOException {
        JsonNode port = container().at("/ports/0");
        assertThat(port.path("name").asText()).isEqualTo("metrics");
        assertThat(port.path("containerPort").asInt()).isEqualTo(8000);
        assertThat(container().path("args")).extracting(JsonNode::asText).contains("--port=8000");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container().path(probe).at("/httpGet/port").asText()).isEqualTo("metrics");
        }
        assertThat(Manifests.of("service.yaml").at("/spec/ports/0/port").asInt())
                .isEqualTo(8000);
        for (String pointer : List.of(
                "service.yaml /spec/ports/0/name",
                "service.yaml /spec/ports/0/targetPort",
                "monitoring.yaml /spec/endpoints/0/port",
                "pod-monitor.yaml /spec/podMetricsEndpoints/0/port",
                "network-policy.yaml /spec/ingress/0/ports/0/port",
                "network-policy.yaml /spec/ingress/1/ports/0/port")) {
            String[] parts = pointer.split(" ", -1);
            assertThat(Manifests.of(parts[0]).at(parts[1]).asText()).as(pointer).isEqualTo("metrics");
        }
    }

    @Test
    void probes_all_askTheServicesOwnPaths() throws IOException {
        assertThat(container().at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(container().at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(container().at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
    }

    /** What the namespace's label "restricted" asks of pods, and a read-only disk beside it. */
    @Test
    void container_security_isRestricted() throws IOException {
        JsonNode pod = Manifests.of("deployment.yaml").at("/spec/template/spec/securityContext");
        JsonNode security = container().path("securityContext");

        assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("runAsUser").asInt()).isEqualTo(userOfTheImage());
        assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.at("/capabilities/drop"))
                .extracting(JsonNode::asText)
                .containsExactly("ALL");
    }

    /** It waits, then the service gets its signal, and ends before it is killed. */
    @Test
    void container_stop_hasTimeForBoth() throws IOException {
        JsonNode pod = Manifests.of("deployment.yaml").at("/spec/template/spec");
        int waits = container().at("/lifecycle/preStop/exec/command/1").asInt();

        assertThat(waits).isPositive();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(waits + 15);
    }

    @Test
    void vpa_target_isTheDeploymentAndItsContainer() throws IOException {
        JsonNode spec = Manifests.of("vpa.yaml").path("spec");
        JsonNode deployment = Manifests.of("deployment.yaml");

        for (String field : List.of("apiVersion", "kind")) {
            assertThat(spec.path("targetRef").path(field)).isEqualTo(deployment.path(field));
        }
        assertThat(spec.at("/targetRef/name")).isEqualTo(deployment.at("/metadata/name"));
        assertThat(spec.at("/updatePolicy/updateMode").asText()).isEqualTo("Auto");
        assertThat(spec.at("/resourcePolicy/containerPolicies/0/containerName"))
                .isEqualTo(container().path("name"));
    }

    @ParameterizedTest
    @CsvSource({"monitoring.yaml, /spec/endpoints/0", "pod-monitor.yaml, /spec/podMetricsEndpoints/0"})
    void monitor_each_scrapesAsTheGuideSaysUnderTheJobOfTheRules(String file, String endpoint) throws IOException {
        JsonNode monitor = Manifests.of(file);

        assertThat(monitor.at(endpoint).path("path").asText()).isEqualTo("/metrics");
        assertThat(monitor.at(endpoint).path("interval").asText()).isEqualTo("30s");
        assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
        assertThat(monitor.at("/spec/namespaceSelector/matchNames"))
                .extracting(JsonNode::asText)
                .containsExactly("loom");
        assertThat(monitor.at("/spec/jobLabel").asText()).isEqualTo("app");
    }

    @Test
    void kustomization_resources_areAllFilesButThePodMonitor() throws IOException {
        JsonNode kustomization = Manifests.of(Manifests.KUSTOMIZATION);
        List<String> expected = new ArrayList<>(Manifests.files());
        expected.removeAll(List.of(Manifests.KUSTOMIZATION, "pod-monitor.yaml"));
        List<String> fields = new ArrayList<>();
        kustomization.fieldNames().forEachRemaining(fields::add);

        assertThat(kustomization.path("resources"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(fields).containsExactlyInAnyOrder("apiVersion", "kind", "namespace", "resources", "images");
        assertThat(kustomization.path("namespace").asText()).isEqualTo("loom");
    }

    /** Whatever a pod refers to is made by a manifest, or by a command of the guide. */
    @Test
    void reference_each_isToSomethingThatIsMade() throws IOException {
        String guide = Kit.document("deployment-guide.md");
        JsonNode pod = Manifests.of("deployment.yaml").at("/spec/template/spec");
        String settings = container().at("/envFrom/0/configMapRef/name").asText();
        String keys = pod.at("/volumes/1/secret/secretName").asText();
        Path key = Path.of(container().at("/env/0/value").asText());

        assertThat(container().path("envFrom")).hasSize(1);
        assertThat(pod.findValues("secretName")).hasSize(1);
        assertThat(guide)
                .contains("kubectl create configmap " + settings + " --from-literal=OTEL_EXPORTER_OTLP_ENDPOINT=")
                .contains("kubectl create secret generic " + keys + " --from-file=" + key.getFileName()
                        + "=deploy/secrets/loom/" + key.getFileName() + '`');
        assertThat(pod.path("volumes"))
                .extracting(volume -> volume.path("name").asText())
                .isEqualTo(namesOfMounts());
        assertThat(container().at("/volumeMounts/1/mountPath").asText())
                .isEqualTo(key.getParent().toString());
    }

    /** In another directory kustomize would change another file, or none. */
    @Test
    void kustomize_commandOfTheGuide_setsTheImageOfTheKustomization() throws IOException {
        String image =
                Manifests.of(Manifests.KUSTOMIZATION).at("/images/0/name").asText();

        assertThat(container().path("image").asText()).startsWith(image + ':');
        assertThat(Kit.document("deployment-guide.md").lines().filter(line -> line.contains("kustomize edit")))
                .singleElement()
                .asString()
                .matches("\\(cd kubernetes && kustomize edit set image " + image + "=\\S+:\\S+\\)");
    }

    @Test
    void image_everywhere_isOfThisVersion() throws IOException {
        Path examples = YamlFile.examples();
        String compose = Files.readString(examples.resolve("docker-compose.yml"));
        Matcher pom = VERSION.matcher(Files.readString(examples.resolve("pom.xml")));
        assertThat(pom.find()).isTrue();

        assertThat(container().path("image").asText()).isEqualTo("loom/narrative-service:" + pom.group(1));
        assertThat(Manifests.of(Manifests.KUSTOMIZATION).at("/images/0/newTag").asText())
                .isEqualTo(pom.group(1));
        assertThat(compose).contains("image: loom/narrative-service:${LOOM_VERSION:-" + pom.group(1) + "}");
    }

    private static List<String> namesOfMounts() throws IOException {
        return container().path("volumeMounts").findValuesAsText("name");
    }

    private static JsonNode container() throws IOException {
        return Manifests.of("deployment.yaml").at("/spec/template/spec/containers/0");
    }

    private static int userOfTheImage() throws IOException {
        try (Stream<String> lines = Files.lines(YamlFile.examples().resolve("Dockerfile"))) {
            return lines.filter(line -> line.startsWith("USER "))
                    .map(line -> Integer.parseInt(line.substring("USER ".length(), line.indexOf(':'))))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
