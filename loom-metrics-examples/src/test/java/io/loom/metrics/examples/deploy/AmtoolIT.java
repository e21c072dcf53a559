package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Alertmanager's own tool says about the configuration, its routes and its templates. */
class AmtoolIT {
    private static final Path TEMPLATES = Kit.DEPLOY.resolve("alertmanager-templates");
    private static final String DATA = """
            {"receiver": "team-email", "status": "firing", "externalURL": "http://localhost",
             "groupLabels": {"alertname": "HighErrorRate"}, "commonAnnotations": {},
             "commonLabels": {"alertname": "HighErrorRate", "severity": "warning", "cluster": "loom"},
             "alerts": [
              {"status": "resolved", "labels": {}, "startsAt": "2026-01-02T03:04:05Z", "endsAt": "2026-01-02T03:14:05Z",
               "annotations": {"summary": "It was", "description": "6% & more.", "runbook_url": "docs/runbooks.md#a"}},
              {"status": "firing", "labels": {}, "startsAt": "2026-01-02T03:05:05Z", "endsAt": "0001-01-01T00:00:00Z",
               "annotations": {"summary": "It <is>", "description": "7%.", "runbook_url": "docs/runbooks.md#b"}}]}
            """;

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void copyConfig() throws Exception {
        ShippedConfig shipped =
                ShippedConfig.read("alertmanager.yml").replacing("/etc/alertmanager/templates", TEMPLATES.toString());
        config = Files.writeString(directory.resolve("alertmanager.yml"), shipped.text());
    }

    @Test
    void config_ofAlertmanager_isValidWithItsTemplates() throws Exception {
        Tool check = Tool.run(directory, "amtool", "check-config", config.toString());

        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out()).contains("5 receivers", "6 inhibit rules", "1 templates");
    }

    @ParameterizedTest
    @CsvSource({
        "severity=critical, critical-alerts",
        "severity=warning, warning-alerts",
        "severity=info, team-email",
        "alertname=WithoutSeverity, team-email",
        "severity=critical channel=opsgenie, 'opsgenie,critical-alerts'",
        "severity=warning channel=webhook, 'webhook,warning-alerts'"
    })
    void routes_ofEachSeverity_leadToItsReceivers(String labels, String receivers) throws Exception {
        Tool test = Tool.run(
                directory,
                "sh",
                "-c",
                "exec amtool config routes test --config.file=\"$0\" --verify.receivers=\"$1\" $2",
                config.toString(),
                receivers,
                labels);

        assertThat(test.exitCode()).as(test.out() + test.err()).isZero();
        assertThat(test.out().strip()).isEqualTo(receivers);
    }

    @Test
    void subject_ofTwoAlerts_isOneLine() throws Exception {
        assertThat(render("text", "loom.subject")).isEqualTo("[FIRING warning] HighErrorRate (2) in loom");
    }

    @Test
    void text_ofTwoAlerts_hasThoseThatFireFirst() throws Exception {
        assertThat(render("text", "loom.text")).isEqualTo("""
                        FIRING: It <is>
                        7%.
                        Since 2026-01-02 03:05 UTC
                        What to do: https://example.com/loom-metrics/docs/runbooks.md#b
                        RESOLVED: It was
                        6% & more.
                        Since 2026-01-02 03:04 UTC until 2026-01-02 03:14 UTC
                        What to do: https://example.com/loom-metrics/docs/runbooks.md#a""");
    }

    @Test
    void html_ofTwoAlerts_isEscaped() throws Exception {
        assertThat(render("html", "loom.html"))
                .startsWith("<h3>[FIRING warning] HighErrorRate (2) in loom</h3>")
                .contains("FIRING: It &lt;is&gt;", "6% &amp; more.");
    }

    @Test
    void html_runbook_isALink() throws Exception {
        assertThat(render("html", "loom.html"))
                .contains("<a href=\"https://example.com/loom-metrics/docs/runbooks.md#b\">"
                        + "https://example.com/loom-metrics/docs/runbooks.md#b</a>");
    }

    /** Such as one that is sent by hand. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "html"})
    void message_ofAnAlertWithoutRunbook_hasNoLink(String type) throws Exception {
        String without = DATA.replaceAll(", \"runbook_url\": \"[^\"]*\"", "");

        assertThat(render(type, "loom." + type, without)).contains("7%.").doesNotContain("What to do", "https:");
    }

    private String render(String type, String template) throws Exception {
        return render(type, template, DATA);
    }

    private String render(String type, String template, String alerts) throws Exception {
        Path data = Files.writeString(directory.resolve("data.json"), alerts);
        Tool rendered = Tool.run(
                directory,
                "amtool",
                "template",
                "render",
                "--template.glob=" + TEMPLATES + "/*.tmpl",
                "--template.type=" + type,
                "--template.data=" + data,
                "--template.text={{ template \"" + template + "\" . }}");
        assertThat(rendered.exitCode()).as(rendered.err()).isZero();
        return rendered.out().strip();
    }
}
