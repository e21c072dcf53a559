package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loom.metrics.examples.deploy.Kit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alert silences what has the same cause, and nothing else: a real Alertmanager with the kit's inhibitions. */
class InhibitionIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private final ArrayNode alerts = JSON.createArrayNode();
    private final Map<String, String> expected = new TreeMap<>();

    @Test
    void fastBurns_ofEachObjective_silenceOnlyTheirSlowOnes() throws Exception {
        active("HttpErrorBudgetBurnFast", Map.of());
        active("HighErrorRate", Map.of("instance", "a"));
        suppressed("HttpErrorBudgetBurnSlow", Map.of());

        active("FirstTokenBudgetBurnFast", Map.of());
        active("LlmBudgetSpent", Map.of());
        active("LlmBudgetBurn", Map.of());
        suppressed("FirstTokenBudgetBurnSlow", Map.of());

        active("RulePassBudgetBurnFast", Map.of());
        active("NarrativesTruncated", Map.of());
        active("SatisfactionDrop", Map.of());
        active("ViolationDensity", Map.of());
        active("RuleNeverFires", Map.of("rule_type", "consistency"));
        suppressed("RulePassBudgetBurnSlow", Map.of());

        active("LlmErrorBudgetBurnFast", Map.of("provider", "openai"));
        active("LlmUnpricedModel", Map.of("provider", "openai", "model", "m"));
        active("LlmRateLimitHeadroom", Map.of("provider", "openai", "model", "m", "resource", "tokens"));
        suppressed("LlmErrorBudgetBurnSlow", Map.of("provider", "openai"));

        awaitStates();
    }

    @Test
    void outage_ofAProvider_silencesTheErrorsThereOnly() throws Exception {
        active("LlmProviderOutage", Map.of("provider", "openai"));
        active("LlmUnpricedModel", Map.of("provider", "openai", "model", "m"));
        active("LlmErrorBudgetBurnFast", Map.of("provider", "anthropic"));
        active("FirstTokenBudgetBurnFast", Map.of());
        active("HttpErrorBudgetBurnFast", Map.of());
        suppressed("LlmErrorBudgetBurnFast", Map.of("provider", "openai"));
        suppressed("LlmErrorBudgetBurnSlow", Map.of("provider", "openai"));
        suppressed("LlmErrorBudgetBurnSlow", Map.of("provider", "anthropic"));

        awaitStates();
    }

    @Test
    void alerts_ofOneInstance_areSilencedIfItIsDownAndByNothingElse() throws Exception {
        active("JvmDeadlock", Map.of("instance", "a"));
        active("HighMemoryUsage", Map.of("instance", "a"));
        active("JvmHeapNearlyFull", Map.of("instance", "a"));
        active("LoomDown", Map.of("instance", "b"));
        active("SessionLeak", Map.of("instance", "a"));
        active("SatisfactionDrop", Map.of());
        suppressed("HighMemoryUsage", Map.of("instance", "b"));
        suppressed("JvmDeadlock", Map.of("instance", "b"));

        awaitStates();
    }

    private void active(String alert, Map<String, String> labels) throws IOException {
        tell(alert, labels, "active");
    }

    private void suppressed(String alert, Map<String, String> labels) throws IOException {
        tell(alert, labels, "suppressed");
    }

    private void tell(String alert, Map<String, String> labels, String state) throws IOException {
        String id = alert + labels;
        ObjectNode told = alerts.addObject().putObject("labels");
        told.put("id", id).put("alertname", alert).put("cluster", "loom").put("job", "loom");
        Kit.labelsOf(alert).forEach(told::put);
        labels.forEach(told::put);
        expected.put(id, state);
    }

    private void awaitStates() throws Exception {
        Path program = StackProgram.require("prometheus-alertmanager");
        try (Webhook webhook = new Webhook();
                AlertmanagerServer alertmanager =
                        AlertmanagerServer.start(program, directory, AlertStack.alertmanagerConfig(webhook))) {
            alertmanager.awaitReady();
            alertmanager.tell(alerts.toString());
            Eventually.holds(
                    "Alertmanager has sorted the alerts as " + expected,
                    () -> new TreeMap<>(alertmanager.states()).equals(expected));
        }
    }
}
