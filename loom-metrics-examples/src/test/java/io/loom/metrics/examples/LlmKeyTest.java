package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlmKeyTest {
    @TempDir
    private Path directory;

    @Test
    void key_nothingSaysOne_isNone() throws IOException {
        assertThat(LlmKey.of(Map.of())).isEmpty();
        assertThat(LlmKey.of(Map.of("LOOM_LLM_KEY", "", "LOOM_LLM_KEY_FILE", "")))
                .isEmpty();
    }

    @Test
    void key_ofTheFile_hasNoBlanksAround() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), "a key\n");

        assertThat(LlmKey.of(Map.of("LOOM_LLM_KEY_FILE", file.toString()))).contains("a key");
    }

    @Test
    void key_ofTheEnvironment_winsOverTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), "a key\n");

        assertThat(LlmKey.of(Map.of("LOOM_LLM_KEY", "another", "LOOM_LLM_KEY_FILE", file.toString())))
                .contains("another");
    }

    /** A service of one's own often wants none, and its container is told of a file all the same. */
    @Test
    void key_ofAFileThatIsMissingOrEmpty_isNone() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        Path missing = directory.resolve("missing");

        assertThat(LlmKey.of(Map.of("LOOM_LLM_KEY_FILE", missing.toString()))).isEmpty();
        assertThat(LlmKey.of(Map.of("LOOM_LLM_KEY_FILE", empty.toString()))).isEmpty();
    }

    @Test
    void key_ofAFileThatCannotBeRead_isTold() {
        assertThatThrownBy(() -> LlmKey.of(Map.of("LOOM_LLM_KEY_FILE", directory.toString())))
                .isInstanceOf(IOException.class)
                .hasMessage("key file " + directory + " cannot be read as text in UTF-8");
    }
}
