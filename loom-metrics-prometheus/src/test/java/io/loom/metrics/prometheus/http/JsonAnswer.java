package io.loom.metrics.prometheus.http;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What an {@link ApiPage} answers, without any framework. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record JsonAnswer(MetricsPage.Head head, byte[] body) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static JsonAnswer get(ApiPage page, String path, @Nullable String query) throws IOException {
        return to(page, "GET", path, query, Map.of());
    }

    static JsonAnswer to(ApiPage page, String method, String path, @Nullable String query, Map<String, String> headers)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<MetricsPage.Head> begun = new ArrayList<>();
        page.answer(method, path, query, headers::get, head -> {
            begun.add(head);
            return new Unclosed(body);
        });
        if (begun.size() != 1) {
            throw new AssertionError("a response is begun once: " + begun);
        }
        return new JsonAnswer(begun.get(0), body.toByteArray());
    }

    /** {@return the summary, or a part of it} */
    static JsonNode summary(ApiPage page, String pointer) throws IOException {
        JsonNode part = get(page, "", null).json().at(pointer);
        if (part.isMissingNode()) {
            throw new AssertionError("the summary has no " + pointer);
        }
        return part;
    }

    JsonNode json() throws IOException {
        return JSON.readTree(body);
    }

    JsonNode unzipped() throws IOException {
        return JSON.readTree(new GZIPInputStream(new ByteArrayInputStream(body)));
    }

    static JsonNode parse(String json) throws IOException {
        return JSON.readTree(json);
    }

    /** The framework's stream, which only it may close. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void close() {
            throw new AssertionError("the stream of a response is not ours to close");
        }
    }
}
