package io.loom.metrics;

import java.util.Map;

/** The readings of one provider and model that an attempt changes; the tests' model is {@code claude-x} of {@code anthropic}. */
final class LlmReadings {
    static final String REQUESTS = "loom.llm.requests{model=claude-x,provider=anthropic}";
    static final String IN_PROGRESS = "loom.llm.requests.in.progress{model=claude-x,provider=anthropic}";
    static final String PROMPT = "loom.llm.tokens{model=claude-x,provider=anthropic,type=prompt}";
    static final String COMPLETION = "loom.llm.tokens{model=claude-x,provider=anthropic,type=completion}";

    static final String CANCELLED = reading("loom.llm.cancelled");
    static final String UNCLOSED = reading("loom.llm.unclosed");
    static final String USAGE_MISSING = reading("loom.llm.usage.missing");
    static final String FIRST_TOKEN = reading("loom.llm.time.to.first.token");
    static final String PER_TOKEN = reading("loom.llm.time.per.output.token");

    private LlmReadings() {}

    static LlmMeter claude(TestLoom test) {
        return test.loom().llm("anthropic", "claude-x");
    }

    static String error(String type) {
        return "loom.llm.errors{error_type=" + type + ",model=claude-x,provider=anthropic}";
    }

    static String durations(String outcome) {
        return "loom.llm.request.duration{model=claude-x,outcome=" + outcome + ",provider=anthropic} count";
    }

    static String seconds(String outcome) {
        return "loom.llm.request.duration{model=claude-x,outcome=" + outcome + ",provider=anthropic} seconds";
    }

    static String rejected(String meterName, Reason reason) {
        return "loom.metrics.rejected{meter=" + meterName + ",reason=" + reason.label() + "}";
    }

    /** An attempt that failed in no time. */
    static Map<String, Double> failed(String errorType) {
        return Map.of(REQUESTS, 1.0, error(errorType), 1.0, durations("error"), 1.0);
    }

    /** An attempt that was cancelled in no time. */
    static Map<String, Double> cancelled() {
        return Map.of(REQUESTS, 1.0, CANCELLED, 1.0, durations("cancelled"), 1.0);
    }

    /** An attempt whose handle was closed in no time. */
    static Map<String, Double> unclosed() {
        return Map.of(REQUESTS, 1.0, UNCLOSED, 1.0, error("other"), 1.0, durations("error"), 1.0);
    }

    /** An attempt that succeeded in no time, with no usage. */
    static Map<String, Double> succeeded() {
        return Map.of(REQUESTS, 1.0, USAGE_MISSING, 1.0, durations("success"), 1.0);
    }

    /** A counter or gauge of the tests' model. */
    static String reading(String name) {
        return name + "{model=claude-x,provider=anthropic}";
    }

    static String wasted(String outcome) {
        return "loom.llm.wasted.tokens{model=claude-x,outcome=" + outcome + ",provider=anthropic}";
    }
}
