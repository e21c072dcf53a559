package io.loom.metrics.prometheus.benchmarks;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The label values that are looked up: 24 combinations of three labels, 24 routes, 12 models.
 *
 * <p>With {@code strings=identical} they are the very strings that the series were made from, as with constants in code. With
 * {@code equal} they are copies with characters of their own, so that comparing by identity never helps. With {@code scattered}
 * there are 16 copies of each, more than fits into the nearest cache. A copy knows its hash code after its first use, on every side.
 */
@State(Scope.Benchmark)
public class Words {
    static final List<Labels> LABELS = Stream.of("fantasy", "mystery", "science-fiction", "romance")
            .flatMap(genre -> Stream.of("gpt-4", "claude-x", "gemini-pro")
                    .flatMap(model -> Stream.of("success", "error").map(outcome -> new Labels(genre, model, outcome))))
            .toList();

    static final List<Route> ROUTES = routes(
            List.of("GET", "POST"),
            "/api/v1/stories",
            "/api/v1/stories/{id}",
            "/api/v1/stories/{id}/chapters",
            "/api/v1/stories/{id}/chapters/{id}",
            "/api/v1/generate",
            "/api/v1/sessions",
            "/api/v1/sessions/{id}",
            "/api/v1/sessions/{id}/turns",
            "/api/v1/rules",
            "/api/v1/ratings",
            "/api/v1/readers/{id}",
            "/health");

    /** 24 of which each shares its endpoint with three others; GET and PUT are as long as each other, too. */
    static final List<Route> MIXED_ROUTES = routes(
            List.of("GET", "POST", "PUT", "DELETE"),
            "/api/v1/stories/{id}",
            "/api/v1/stories/{id}/chapters/{id}",
            "/api/v1/sessions/{id}",
            "/api/v1/rules",
            "/api/v1/ratings",
            "/api/v1/readers/{id}");

    static final List<Model> MODELS = Stream.of("openai", "anthropic", "google")
            .flatMap(provider ->
                    Stream.of("small", "medium", "large", "reasoning").map(name -> new Model(provider, name)))
            .toList();

    private static final int MANY = 16;

    @Param({"identical", "equal", "scattered"})
    public String strings = "identical";

    private Labels[] labels = {};
    private Route[] routes = {};
    private Model[] models = {};

    @Setup
    public void prepare() {
        labels = prepared(LABELS, Labels::copy).toArray(Labels[]::new);
        routes = prepared(ROUTES, Route::copy).toArray(Route[]::new);
        models = prepared(MODELS, Model::copy).toArray(Model[]::new);
    }

    Labels labels(long bits) {
        return labels[Draw.index(bits, labels.length)];
    }

    Route route(long bits) {
        return routes[Draw.index(bits, routes.length)];
    }

    Model model(long bits) {
        return models[Draw.index(bits, models.length)];
    }

    /** {@return an equal string that shares nothing with {@code text}: {@code new String(text)} would share its characters} */
    static String copy(String text) {
        return new String(text.toCharArray());
    }

    private static List<Route> routes(List<String> methods, String... endpoints) {
        return Stream.of(endpoints)
                .flatMap(endpoint -> methods.stream().map(method -> new Route(method, endpoint)))
                .toList();
    }

    private <T> Stream<T> prepared(List<T> originals, UnaryOperator<T> copy) {
        return switch (strings) {
            case "identical" -> originals.stream();
            case "equal" -> originals.stream().map(copy);
            case "scattered" ->
                Stream.generate(() -> originals)
                        .limit(MANY)
                        .flatMap(List::stream)
                        .map(copy);
            default ->
                throw new IllegalArgumentException("strings must be identical, equal or scattered: was " + strings);
        };
    }
}
