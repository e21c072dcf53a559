package io.loom.metrics.prometheus.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.loom.metrics.health.HealthReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** An object in JSON that is ready to be written. Thread-safe. */
public final class Document {
    /** What breaks off must not look whole, and the stream is the framework's. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final Json.Body body;

    Document(Json.Body body) {
        this.body = body;
    }

    /** {@return an error} */
    public static Document error(int status, String message) {
        return new Document(json -> {
            json.beginObject("error");
            json.number("status", status);
            json.text("message", message);
            json.endObject();
        });
    }

    /** {@return a report of health, as a whole and of each component} */
    public static Document of(HealthReport report) {
        return new Document(json -> {
            json.text("status", report.status().label());
            json.text("time", report.time().toString());
            json.seconds("duration_seconds", report.duration());
            json.beginObject("components");
            for (Map.Entry<String, HealthReport.Component> component :
                    report.components().entrySet()) {
                json.beginObject(component.getKey());
                json.text("status", component.getValue().status().label());
                json.text("details", component.getValue().details());
                json.seconds("duration_seconds", component.getValue().duration());
                json.endObject();
            }
            json.endObject();
        });
    }

    /** Writes it; the stream stays open. */
    public void writeTo(OutputStream out) throws IOException {
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            new Json(generator).root(body);
        }
    }
}
