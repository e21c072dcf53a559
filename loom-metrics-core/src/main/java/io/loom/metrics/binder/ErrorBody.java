package io.loom.metrics.binder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loom.metrics.llm.ErrorType;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON that a provider sends with an error. LangChain4j brings the parser. */
final class ErrorBody {
    /** Of chars. What is longer is no error's JSON, and not worth the work. */
    private static final int MAX_LENGTH = 64 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ErrorBody() {}

    /** {@return the first code of the body that is known}; null where there is none, or no JSON */
    static @Nullable String code(@Nullable String body) {
        if (body == null || body.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return code(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return null; // a proxy's page, or nothing
        }
    }

    private static @Nullable String code(JsonNode root) {
        JsonNode said = root.isArray() ? root.path(0) : root; // Google's streams answer with an array
        return Stream.of(said.path("error"), said)
                .flatMap(error -> Stream.of(error.path("code"), error.path("status"), error.path("type")))
                .map(JsonNode::textValue)
                .filter(code -> ErrorType.ofCode(code) != null)
                .findFirst()
                .orElse(null);
    }
}
