package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/alertmanager.yml} has the monitoring guide's route, channels and times, and no secret. */
class AlertmanagerConfigTest {
    private static final String SECRETS = "/etc/alertmanager/secrets/";
    private static final Pattern SECRET =
            Pattern.compile("(password|api_url|api_key|routing_key|service_key|credentials)$");

    private static final Pattern ALERT_NAME = Pattern.compile("alertname (?:=|!=|=~) \"([^\"]+)\"");

    @Test
    void route_root_isTheGuides() throws IOException {
        JsonNode route = config().path("route");

        assertThat(texts(route.path("group_by"))).containsExactly("alertname", "cluster", "service");
        assertThat(route.path("group_wait").asText()).isEqualTo("30s");
        assertThat(route.path("group_interval").asText()).isEqualTo("5m");
        assertThat(route.path("repeat_interval").asText()).isEqualTo("12h");
        assertThat(route.path("receiver").asText()).isEqualTo("team-email");
    }

    @Test
    void route_ofCriticalAlerts_waitsTenSeconds() throws IOException {
        assertThat(config().at("/route/routes"))
                .filteredOn(route -> route.path("receiver").asText().equals("critical-alerts"))
                .singleElement()
                .satisfies(route -> {
                    assertThat(route.path("group_wait").asText()).isEqualTo("10s");
                    assertThat(texts(route.path("matchers"))).containsExactly("severity = \"critical\"");
                });
    }

    /** The guide's table of severities, and the two channels that an alert may ask for. */
    @ParameterizedTest
    @CsvSource({
        "critical-alerts, email pagerduty slack",
        "warning-alerts, email slack",
        "team-email, email",
        "webhook, webhook",
        "opsgenie, opsgenie"
    })
    void receiver_ofEachKind_hasTheGuidesChannels(String name, String channels) throws IOException {
        assertThat(channels(name)).containsExactly(channels.split(" "));
    }

    /** Whatever silences by severity or service silences what has another cause. */
    @Test
    void inhibitions_all_nameAlertsThatThereAre() throws IOException {
        List<String> alerts = Rule.alerts(Kit.ALERTS).stream().map(Rule::name).toList();

        assertThat(config().path("inhibit_rules")).hasSize(6).allSatisfy(rule -> {
            for (String side : List.of("source_matchers", "target_matchers")) {
                assertThat(texts(rule.path(side))).singleElement().satisfies(matcher -> {
                    Matcher name = ALERT_NAME.matcher(matcher);
                    assertThat(name.matches()).as(matcher).isTrue();
                    assertThat(alerts).anyMatch(alert -> alert.matches(name.group(1)));
                });
            }
            assertThat(texts(rule.path("equal"))).contains("cluster", "job");
        });
    }

    @Test
    void inhibitions_ofFastBurns_areAboutTheSlowOneOfTheSameObjective() throws IOException {
        List<String> silenced = StreamSupport.stream(
                        config().path("inhibit_rules").spliterator(), false)
                .map(rule -> texts(rule.path("source_matchers")) + " " + texts(rule.path("target_matchers")))
                .toList();

        assertThat(Rule.alerts(Kit.ALERTS))
                .extracting(Rule::name)
                .filteredOn(name -> name.endsWith("BudgetBurnFast"))
                .hasSize(4)
                .allSatisfy(fast -> assertThat(silenced)
                        .contains("[alertname = \"" + fast + "\"] [alertname = \"" + fast.replace("Fast", "Slow")
                                + "\"]"));
    }

    /** The guide's addresses; those of the channels that it has no example of are ours. */
    @Test
    void receiver_each_tellsTheGuidesAddress() throws IOException {
        Map<String, List<String>> addresses = new TreeMap<>();
        for (JsonNode receiver : config().path("receivers")) {
            List<String> told = Stream.of("to", "channel", "url", "routing_key_file", "credentials_file")
                    .flatMap(key -> receiver.findValuesAsText(key).stream())
                    .toList();
            addresses.put(receiver.path("name").asText(), told);
        }

        assertThat(addresses)
                .isEqualTo(Map.of(
                        "team-email", List.of("team@example.com"),
                        "warning-alerts", List.of("team@example.com", "#alerts-warning"),
                        "critical-alerts", List.of("oncall@example.com", "#alerts-critical", SECRETS + "pagerduty_key"),
                        "webhook", List.of("http://webhook:8080/alerts", SECRETS + "webhook_token"),
                        "opsgenie", List.of()));
    }

    @Test
    void global_mailAndKeys_areTheGuides() throws IOException {
        Map<String, String> global = new TreeMap<>();
        config().path("global")
                .properties()
                .forEach(setting ->
                        global.put(setting.getKey(), setting.getValue().asText()));

        assertThat(global)
                .isEqualTo(Map.of(
                        "smtp_smarthost",
                        "smtp.gmail.com:587",
                        "smtp_from",
                        "loom-alerts@example.com",
                        "smtp_auth_username",
                        "your-email@gmail.com",
                        "smtp_auth_password_file",
                        SECRETS + "smtp_password",
                        "slack_api_url_file",
                        SECRETS + "slack_url",
                        "opsgenie_api_key_file",
                        SECRETS + "opsgenie_key"));
    }

    @Test
    void config_secrets_areInFiles() throws IOException {
        Set<String> keys = new TreeSet<>();
        collectKeys(config(), keys);

        assertThat(keys)
                .contains("smtp_auth_password_file", "slack_api_url_file", "opsgenie_api_key_file", "routing_key_file")
                .noneMatch(key -> SECRET.matcher(key).find());
        assertThat(Files.readString(Kit.DEPLOY.resolve("alertmanager.yml"))).doesNotContain("hooks.slack.com");
    }

    /** Alertmanager notices a template that is not there only when it has something to say. */
    @Test
    void templates_thatAreNamed_areDefined() throws IOException {
        String templates = Files.readString(Kit.DEPLOY.resolve(Path.of("alertmanager-templates", "loom.tmpl")));
        Set<String> defined = names("define", templates);

        assertThat(names("template", Files.readString(Kit.DEPLOY.resolve("alertmanager.yml"))))
                .containsExactlyInAnyOrder("loom.subject", "loom.html", "loom.text")
                .isSubsetOf(defined);
        assertThat(names("template", templates)).isSubsetOf(defined);
    }

    /** The word {@code match} is retired. */
    @Test
    void config_routesAndInhibitions_useMatchers() throws IOException {
        Set<String> keys = new TreeSet<>();
        collectKeys(config(), keys);

        assertThat(keys)
                .contains("matchers", "source_matchers", "target_matchers")
                .doesNotContain("match", "match_re", "source_match", "target_match");
    }

    private static List<String> channels(String receiver) throws IOException {
        JsonNode found = StreamSupport.stream(config().path("receivers").spliterator(), false)
                .filter(candidate -> candidate.path("name").asText().equals(receiver))
                .findFirst()
                .orElseThrow();
        return found.properties().stream()
                .map(field -> field.getKey())
                .filter(key -> key.endsWith("_configs"))
                .map(key -> key.replace("_configs", ""))
                .sorted()
                .toList();
    }

    private static void collectKeys(JsonNode node, Set<String> keys) {
        node.properties().forEach(field -> keys.add(field.getKey()));
        node.forEach(child -> collectKeys(child, keys));
    }

    private static Set<String> names(String keyword, String text) {
        return Pattern.compile("\\{\\{-? *" + keyword + " \"([^\"]+)\"")
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode config() throws IOException {
        return Kit.yaml(Kit.DEPLOY.resolve("alertmanager.yml"));
    }
}
