package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A peer of {@code kubernetes/network-policy.yaml} that is misspelt is nobody, and nothing says so. So each is told here again. */
class NetworkPolicyTest {
    private static final Pattern ENDPOINT =
            Pattern.compile("OTEL_EXPORTER_OTLP_ENDPOINT=http://[\\w-]+\\.([\\w-]+):(\\d+)");

    /** The Operator's label of Prometheus is the one of its documentation; the namespaces are those of the usual charts. */
    @Test
    void ingress_isForPrometheusAndReaders() throws IOException {
        assertThat(rules("ingress", "from"))
                .containsExactly(
                        "{kubernetes.io/metadata.name=monitoring} {app.kubernetes.io/name=prometheus} at metrics TCP",
                        "{kubernetes.io/metadata.name=ingress-nginx}, {} at metrics TCP");
    }

    /** The label of the name servers is kube-dns, whatever program they are. */
    @Test
    void egress_isToNamesTracesAndProviders() throws IOException {
        assertThat(rules("egress", "to"))
                .containsExactly(
                        "{kubernetes.io/metadata.name=kube-system} {k8s-app=kube-dns} at 53 UDP, 53 TCP",
                        "{kubernetes.io/metadata.name=monitoring} at 4318 TCP",
                        "0.0.0.0/0 but 10.0.0.0/8 100.64.0.0/10 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 at 443 TCP");
    }

    @Test
    void egress_endpointOfTheGuide_canBeReached() throws IOException {
        MatchResult endpoint = ENDPOINT.matcher(Kit.document("deployment-guide.md"))
                .results()
                .findFirst()
                .orElseThrow();

        assertThat(rules("egress", "to"))
                .contains("{kubernetes.io/metadata.name=%s} at %s TCP".formatted(endpoint.group(1), endpoint.group(2)));
    }

    @Test
    void namespace_ofPrometheus_isTheGuides() throws IOException {
        assertThat(Kit.document("deployment-guide.md").toLowerCase(Locale.ROOT))
                .contains("as the release `prometheus` in the namespace `monitoring`");
    }

    private static List<String> rules(String direction, String peers) throws IOException {
        List<String> rules = new ArrayList<>();
        for (JsonNode rule : Manifests.of("network-policy.yaml").path("spec").path(direction)) {
            List<String> who = new ArrayList<>();
            rule.path(peers).forEach(peer -> who.add(peer(peer)));
            List<String> where = new ArrayList<>();
            rule.path("ports")
                    .forEach(port -> where.add(port.path("port").asText()
                            + ' '
                            + port.path("protocol").asText()));
            rules.add(String.join(", ", who) + " at " + String.join(", ", where));
        }
        return rules;
    }

    private static String peer(JsonNode peer) {
        List<String> parts = new ArrayList<>();
        if (peer.has("ipBlock")) {
            parts.add(peer.at("/ipBlock/cidr").asText() + " but");
            peer.at("/ipBlock/except").forEach(block -> parts.add(block.asText()));
        }
        for (String selector : List.of("namespaceSelector", "podSelector")) {
            if (peer.has(selector)) {
                parts.add(labels(peer.path(selector)));
            }
        }
        return String.join(" ", parts);
    }

    /** {@return the labels that a selector asks for} It has nothing else here. */
    private static String labels(JsonNode selector) {
        assertThat(selector.properties()).allMatch(field -> field.getKey().equals("matchLabels"));
        List<String> labels = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(label ->
                        labels.add(label.getKey() + '=' + label.getValue().asText()));
        return '{' + String.join(", ", labels) + '}';
    }
}
