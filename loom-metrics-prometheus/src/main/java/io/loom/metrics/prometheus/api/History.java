package io.loom.metrics.prometheus.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Writes how some figures went, step by step. */
final class History {
    private static final int MOST_STEPS = 180;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private History() {}

    static void write(Json json, Duration step, Past past) throws IOException {
        List<Span> steps = past.steps(MOST_STEPS);
        Summary.version(json);
        json.number("step_seconds", step.toNanos() / NANOS_PER_SECOND);
        json.beginArray("times");
        for (Span each : steps) {
            json.number(each.to().epochMillis() / MILLIS_PER_SECOND);
        }
        json.endArray();
        json.beginObject("values");
        for (Course course : Course.values()) {
            json.beginArray(course.label());
            for (Span each : steps) {
                json.number(course.during(each));
            }
            json.endArray();
        }
        json.endObject();
    }
}
