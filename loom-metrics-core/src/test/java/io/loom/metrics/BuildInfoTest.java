package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildInfoTest {
    @Test
    void load_filteredResource_hasNoPlaceholderLeft() {
        BuildInfo info = BuildInfo.load();

        assertThat(info.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(info.revision()).matches("[0-9a-f]{7,40}|unknown");
    }
}
