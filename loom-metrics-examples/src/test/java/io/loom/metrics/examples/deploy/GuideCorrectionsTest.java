package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/operations.md} says where the kit is not what the monitoring guide shows. */
class GuideCorrectionsTest {
    private static final String TITLE = "## Where this differs from the guide\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tsdb: retention: time: 15d          | --storage.tsdb.retention.time=15d
            http://jaeger:14268/api/traces     | --otlp-endpoint http://jaeger:4318
            match: severity: critical          | matchers: ['severity = "critical"']
            http://localhost:9090/api/v1/alerts | http://localhost:9093/api/v2/alerts
            """)
    void snippet_thatNoProgramTakes_isCorrected(String guide, String here) throws IOException {
        assertThat(rows())
                .filteredOn(row -> cell(row, 1).contains(guide))
                .singleElement()
                .satisfies(row -> {
                    assertThat(cell(row, 2)).contains(here);
                    assertThat(cell(row, 3)).isNotBlank();
                });
    }

    @Test
    void deploymentGuide_leadsThere() throws IOException {
        assertThat(Kit.document("deployment-guide.md")).contains("(operations.md#where-this-differs-from-the-guide)");
    }

    private static String cell(String row, int number) {
        return row.split(" \\| |^\\| | \\|$", -1)[number];
    }

    private static List<String> rows() throws IOException {
        String document = Kit.document("operations.md");
        String section = document.substring(document.indexOf(TITLE) + TITLE.length());
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| the guide"))
                .toList();
    }
}
