package io.loom.metrics.prometheus.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code docs/api-v1.schema.json}. */
final class ApiSchema {
    static final Path FILE = Path.of(System.getProperty("loom.root"), "docs", "api-v1.schema.json");

    private final Schema schema;

    private ApiSchema(Schema schema) {
        this.schema = schema;
    }

    static ApiSchema read() throws IOException {
        return new ApiSchema(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(FILE)));
    }

    /** {@return the schema of schemas} */
    static ApiSchema ofSchemas() {
        return new ApiSchema(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId())));
    }

    /** {@return what is wrong with a document} */
    List<String> errors(JsonNode document) {
        return schema
                .validate(
                        document.toString(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }
}
