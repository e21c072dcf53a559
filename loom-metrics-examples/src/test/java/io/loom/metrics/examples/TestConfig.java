package io.loom.metrics.examples;

import java.util.EnumMap;
import java.util.Map;

/** Configurations for tests: any free port, and models that answer at once. */
final class TestConfig {
    private TestConfig() {}

    static ServiceConfig quiet() {
        return of(Map.of());
    }

    static ServiceConfig of(Map<Setting, String> others) {
        Map<Setting, String> texts = new EnumMap<>(Map.of(Setting.PORT, "0", Setting.LATENCY_SCALE, "0"));
        texts.putAll(others);
        return ServiceConfig.of(texts);
    }
}
