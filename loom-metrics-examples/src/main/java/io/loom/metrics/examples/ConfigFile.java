package io.loom.metrics.examples;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/** A properties file of {@link Setting}s, in UTF-8. */
record ConfigFile(Path file) {
    /** {@return what it sets} */
    Map<Setting, String> read() throws UsageException {
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        for (Map.Entry<Object, Object> line : properties().entrySet()) {
            String key = line.getKey().toString();
            Setting setting = Setting.of(key)
                    .orElseThrow(() -> complaint("must set " + Setting.keys() + " only: sets \"" + key + '"'));
            texts.put(setting, line.getValue().toString());
        }
        try {
            ServiceConfig.of(texts);
        } catch (IllegalArgumentException e) {
            throw complaint("is not valid: " + e.getMessage());
        }
        return texts;
    }

    private Properties properties() throws UsageException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (CharacterCodingException e) {
            throw complaint("is not a text file in UTF-8");
        } catch (IllegalArgumentException e) {
            throw complaint("is not a properties file: " + e.getMessage());
        } catch (IOException e) {
            throw complaint("cannot be read: " + reason());
        }
        return properties;
    }

    private String reason() {
        if (Files.notExists(file)) {
            return "there is no such file";
        }
        return Files.isDirectory(file) ? "it is a directory" : "it is not allowed";
    }

    private UsageException complaint(String what) {
        return new UsageException("config file " + file + ' ' + what);
    }
}
