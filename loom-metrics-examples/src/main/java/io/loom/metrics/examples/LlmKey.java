package io.loom.metrics.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The key of the service that answers prompts. It is no flag: other users of the machine can read those. */
final class LlmKey {
    private static final String VARIABLE = "LOOM_LLM_KEY";
    private static final String FILE_VARIABLE = "LOOM_LLM_KEY_FILE";

    private LlmKey() {}

    /**
     * {@return the key that the environment has, else that of the file which it names; nothing where there is no such file}
     *
     * @throws IOException where the file cannot be read; the message says which
     */
    static Optional<String> of(Map<String, String> environment) throws IOException {
        String key = environment.getOrDefault(VARIABLE, "");
        String file = environment.getOrDefault(FILE_VARIABLE, "");
        if (!key.isBlank() || file.isBlank()) {
            return Optional.of(key.strip()).filter(text -> !text.isEmpty());
        }
        Path path = Path.of(file);
        return Files.exists(path) ? Optional.of(read(path)).filter(text -> !text.isEmpty()) : Optional.empty();
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException("key file " + file + " cannot be read as text in UTF-8", e);
        }
    }
}
