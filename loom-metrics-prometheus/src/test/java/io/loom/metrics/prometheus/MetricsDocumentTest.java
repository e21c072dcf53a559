package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("loom.root"), "docs", "metrics.md");

    @Test
    void document_catalogue_isWhatItSays() throws IOException {
        if ("write".equals(System.getenv("LOOM_DOCS"))) {
            Files.writeString(DOCUMENT, MetricsDocument.render());
        }
        assertThat(DOCUMENT).hasContent(MetricsDocument.render());
    }
}
