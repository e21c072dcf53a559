package io.loom.metrics.examples.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The JSON object that a client sent. What is wrong with it is told in one line. */
record JsonBody(JsonNode object) {
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_DRAINED_BLOCKS = 256;

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    static JsonBody read(InputStream in) throws IOException, BadRequestException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            drain(in);
            throw BadRequestException.tooLarge("the body must not be larger than " + MAX_BYTES + " bytes");
        }
        return new JsonBody(parse(bytes));
    }

    /** Who is sending still does not read our answer. */
    private static void drain(InputStream in) throws IOException {
        byte[] block = new byte[MAX_BYTES];
        for (int i = 0; i < MAX_DRAINED_BLOCKS && in.readNBytes(block, 0, block.length) > 0; i++) {
            // read, and thrown away
        }
    }

    private static JsonNode parse(byte[] bytes) throws IOException, BadRequestException {
        try {
            JsonNode node = READER.readTree(bytes);
            if (node.isObject()) {
                return node;
            }
            throw BadRequestException.malformed("the body must be a JSON object");
        } catch (JsonProcessingException e) {
            throw BadRequestException.malformed("the body must be JSON" + where(e.getLocation()));
        }
    }

    /** A body that nests too deep has no location. */
    private static String where(@Nullable JsonLocation at) {
        return at == null
                ? ", and not nest so deep"
                : ": it is not from line " + at.getLineNr() + ", column " + at.getColumnNr() + " on";
    }

    String text(String field) throws BadRequestException {
        return optionalText(field)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> BadRequestException.malformed(field + " must be given, and not be blank"));
    }

    Optional<String> optionalText(String field) throws BadRequestException {
        JsonNode value = object.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw BadRequestException.malformed(field + " must be text: was " + value);
        }
        return Optional.of(value.textValue());
    }

    OptionalInt optionalNumber(String field, int min, int max) throws BadRequestException {
        JsonNode value = object.path(field);
        if (isAbsent(value)) {
            return OptionalInt.empty();
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < min || value.intValue() > max) {
            throw BadRequestException.malformed(
                    field + " must be a whole number from " + min + " to " + max + ": was " + value);
        }
        return OptionalInt.of(value.intValue());
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
