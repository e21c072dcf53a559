package io.loom.metrics.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/dashboards.md shows of the code and the files. */
class DashboardDocumentTest {
    private static final Path ROOT = Path.of(System.getProperty("loom.root"));
    private static final Path SOURCES =
            ROOT.resolve("loom-metrics-examples/src/test/java/io/loom/metrics/examples/dashboards");

    @Test
    void panel_ofTheDocument_isThatOfTheCode() throws IOException {
        assertThat(withoutSpaces(Files.readString(SOURCES.resolve("LlmErrorPanels.java"))))
                .contains(withoutSpaces(block("java")));
    }

    @Test
    void query_ofTheDocument_isThatOfTheFile() throws IOException {
        assertThat(DashboardFile.all().stream()
                        .flatMap(file -> file.panels().stream())
                        .filter(panel -> panel.title().equals("Errors by type"))
                        .flatMap(panel -> panel.queries().stream()))
                .containsExactly(block("text").strip());
    }

    @Test
    void dashboards_all_areInTheDocument() throws IOException {
        assertThat(document())
                .contains(Dashboard.all().stream()
                        .map(dashboard -> "| " + dashboard.title() + " | `" + dashboard.uid() + ".json` |")
                        .toList());
    }

    @Test
    void variables_all_areInTheDocument() throws IOException {
        List<String> names = Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.variables().stream())
                .map(variable -> '`' + variable.name() + '`')
                .toList();

        assertThat(document()).contains(names);
    }

    private static String block(String language) throws IOException {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(document())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String document() throws IOException {
        return Files.readString(ROOT.resolve("docs/dashboards.md"));
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s+", "");
    }
}
