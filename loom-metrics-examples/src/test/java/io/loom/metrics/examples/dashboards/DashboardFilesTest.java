package io.loom.metrics.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files are what the code makes. {@code LOOM_DOCS=write} writes them anew. */
class DashboardFilesTest {
    private static final DashboardJson JSON = new DashboardJson();

    @BeforeAll
    static void write() throws IOException {
        if ("write".equals(System.getenv("LOOM_DOCS"))) {
            Files.createDirectories(DashboardFile.directory());
            for (Dashboard dashboard : dashboards()) {
                Files.writeString(file(dashboard), JSON.write(dashboard));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void file_ofEachDashboard_isWhatTheCodeMakes(Dashboard dashboard) {
        assertThat(file(dashboard))
                .as("to write the files anew, see docs/dashboards.md")
                .hasContent(JSON.write(dashboard));
    }

    @Test
    void directory_ofDashboards_hasNoOthers() throws IOException {
        assertThat(DashboardFile.all())
                .extracting(DashboardFile::name)
                .containsExactlyInAnyOrderElementsOf(
                        dashboards().stream().map(Dashboard::uid).toList());
    }

    private static Path file(Dashboard dashboard) {
        return DashboardFile.directory().resolve(dashboard.uid() + ".json");
    }

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }
}
