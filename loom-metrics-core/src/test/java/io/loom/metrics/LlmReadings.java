package io.loom.metrics;

import java.util.HashMap;
import java.util.Map;

/** The readings of one provider and model that an attempt changes; the tests' model is {@code claude-x} of {@code anthropic}. */
public final class LlmReadings {
    public static final String REQUESTS = "loom.llm.requests{model=claude-x,provider=anthropic}";
    public static final String IN_PROGRESS = "loom.llm.requests.in.progress{model=claude-x,provider=anthropic}";
    public static final String PROMPT = "loom.llm.tokens{model=claude-x,provider=anthropic,type=prompt}";
    public static final String COMPLETION = "loom.llm.tokens{model=claude-x,provider=anthropic,type=completion}";

    public static final String CANCELLED = reading("loom.llm.cancelled");
    public static final String UNCLOSED = reading("loom.llm.unclosed");
    public static final String USAGE_MISSING = reading("loom.llm.usage.missing");
    public static final String FIRST_TOKEN = reading("loom.llm.time.to.first.token");
    public static final String PER_TOKEN = reading("loom.llm.time.per.output.token");

    private LlmReadings() {}

    public static LlmMeter claude(TestLoom test) {
        return test.loom().llm("anthropic", "claude-x");
    }

    public static String error(String type) {
        return "loom.llm.errors{error_type=" + type + ",model=claude-x,provider=anthropic}";
    }

    public static String durations(String outcome) {
        return "loom.llm.request.duration{model=claude-x,outcome=" + outcome + ",provider=anthropic} count";
    }

    public static String seconds(String outcome) {
        return "loom.llm.request.duration{model=claude-x,outcome=" + outcome + ",provider=anthropic} seconds";
    }

    static String rejected(String meterName, Reason reason) {
        return "loom.metrics.rejected{meter=" + meterName + ",reason=" + reason.label() + "}";
    }

    /** An attempt that failed in no time. */
    public static Map<String, Double> failed(String errorType) {
        return Map.of(REQUESTS, 1.0, error(errorType), 1.0, durations("error"), 1.0);
    }

    /** An attempt that was cancelled in no time. */
    public static Map<String, Double> cancelled() {
        return Map.of(REQUESTS, 1.0, CANCELLED, 1.0, durations("cancelled"), 1.0);
    }

    /** An attempt whose handle was closed in no time. */
    public static Map<String, Double> unclosed() {
        return Map.of(REQUESTS, 1.0, UNCLOSED, 1.0, error("other"), 1.0, durations("error"), 1.0);
    }

    /** An attempt that succeeded in no time, with no usage. */
    public static Map<String, Double> succeeded() {
        return Map.of(REQUESTS, 1.0, USAGE_MISSING, 1.0, durations("success"), 1.0);
    }

    /** A counter or gauge of the tests' model. */
    public static String reading(String name) {
        return name + "{model=claude-x,provider=anthropic}";
    }

    public static String wasted(String outcome) {
        return "loom.llm.wasted.tokens{model=claude-x,outcome=" + outcome + ",provider=anthropic}";
    }

    /** What an attempt used that led to nothing. */
    public static Map<String, Double> used(double prompt, double completion, String outcome) {
        return Map.of(PROMPT, prompt, COMPLETION, completion, wasted(outcome), prompt + completion);
    }

    /** All the changes together. */
    @SafeVarargs
    public static Map<String, Double> with(Map<String, Double>... parts) {
        Map<String, Double> sum = new HashMap<>();
        for (Map<String, Double> part : parts) {
            part.forEach((key, value) -> sum.merge(key, value, Double::sum));
        }
        return sum;
    }
}
