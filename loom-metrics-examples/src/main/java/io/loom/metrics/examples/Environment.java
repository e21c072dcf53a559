package io.loom.metrics.examples;

import java.util.EnumMap;
import java.util.Map;

/** The environment variables that are settings. They are OpenTelemetry's, so an empty one is one that is not set. */
record Environment(Map<String, String> variables) {
    /** {@return what they set} */
    Map<Setting, String> read() throws UsageException {
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String text = setting.variable().isEmpty() ? "" : variables.getOrDefault(setting.variable(), "");
            if (!text.isBlank()) {
                check(setting, text);
                texts.put(setting, text);
            }
        }
        return texts;
    }

    private static void check(Setting setting, String text) throws UsageException {
        try {
            ServiceConfig.of(Map.of(setting, text));
        } catch (IllegalArgumentException e) {
            throw new UsageException("environment variable " + setting.variable() + " is not valid: " + e.getMessage());
        }
    }
}
