package io.loom.metrics.prometheus.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes members of an object. A number that is not known, or not finite, is null. Not thread-safe. */
final class Json {
    /** Up to here all whole doubles are exact. */
    private static final double EXACT = 0x1p53;

    private static final long NANOS_PER_MICRO = 1_000;
    private static final int MICROS_SCALE = 6;

    private final JsonGenerator out;

    Json(JsonGenerator out) {
        this.out = out;
    }

    void root(Body body) throws IOException {
        out.writeStartObject();
        body.write(this);
        out.writeEndObject();
    }

    void number(String name, double value) throws IOException {
        out.writeFieldName(name);
        number(value);
    }

    /** Writes a duration to the microsecond, without an exponent. */
    void seconds(String name, Duration duration) throws IOException {
        out.writeNumberField(name, BigDecimal.valueOf(duration.toNanos() / NANOS_PER_MICRO, MICROS_SCALE));
    }

    void text(String name, @Nullable String text) throws IOException {
        out.writeStringField(name, text);
    }

    void beginObject(String name) throws IOException {
        out.writeObjectFieldStart(name);
    }

    void beginArray(String name) throws IOException {
        out.writeArrayFieldStart(name);
    }

    void endArray() throws IOException {
        out.writeEndArray();
    }

    void beginElement() throws IOException {
        out.writeStartObject();
    }

    void endObject() throws IOException {
        out.writeEndObject();
    }

    /** Writes an element of an array. */
    void number(double value) throws IOException {
        if (!Double.isFinite(value)) {
            out.writeNull();
        } else {
            finite(value);
        }
    }

    /** Writes a value of a sample, which may be any. */
    void value(String name, double value) throws IOException {
        out.writeFieldName(name);
        if (Double.isFinite(value)) {
            finite(value);
        } else if (Double.isNaN(value)) {
            out.writeString("NaN");
        } else {
            out.writeString(value > 0 ? "+Inf" : "-Inf");
        }
    }

    /** Whole numbers look like whole numbers. */
    private void finite(double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            out.writeNumber((long) value);
        } else {
            out.writeNumber(value);
        }
    }

    /** What an object has. */
    @FunctionalInterface
    interface Body {
        void write(Json json) throws IOException;
    }
}
