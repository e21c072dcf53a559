package io.loom.metrics.examples.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A method, a path template, and what answers. A template has at most one variable segment, {@code {id}}.
 *
 * @param template the path, which is also the label {@code endpoint} of its requests
 * @param failures the statuses beside 500 that it may fail with
 */
public record Route(String method, String template, Handler handler, List<Integer> failures) {
    private static final String VARIABLE = "{id}";

    public Route {
        failures = List.copyOf(failures);
    }

    boolean serves(String requestMethod) {
        return method.equals(requestMethod) || (method.equals("GET") && requestMethod.equals("HEAD"));
    }

    boolean matches(String path) {
        return id(path).isPresent();
    }

    /** {@return what stands for the variable, empty text where the template has none; nothing where the path differs} */
    Optional<String> id(String path) {
        int variable = template.indexOf(VARIABLE);
        if (variable < 0) {
            return path.equals(template) ? Optional.of("") : Optional.empty();
        }
        String before = template.substring(0, variable);
        String after = template.substring(variable + VARIABLE.length());
        if (path.length() <= before.length() + after.length() || !path.startsWith(before) || !path.endsWith(after)) {
            return Optional.empty();
        }
        String id = path.substring(before.length(), path.length() - after.length());
        return id.contains("/") ? Optional.empty() : Optional.of(id);
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers, and {@return the status}
         *
         * @param id what stands for the route's variable
         * @throws IOException where the client has gone
         */
        int handle(HttpExchange exchange, String id) throws IOException;
    }
}
