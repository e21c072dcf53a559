package io.loom.metrics.examples.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.loom.metrics.Interaction;
import io.loom.metrics.examples.llm.ProviderException;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.Story;
import io.loom.metrics.examples.studio.StoryRejectedException;
import io.loom.metrics.examples.studio.Studio;
import io.loom.metrics.examples.studio.Studio.Telling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The service's routes. Thread-safe. */
public final class Api {
    private static final int MIN_RATING = 1;
    private static final int MAX_RATING = 5;

    private static final List<String> MONITORING = List.of(
            "/metrics",
            "/health",
            "/health/live",
            "/health/ready",
            "/api/v1/metrics",
            "/api/v1/metrics/history",
            "/dashboard",
            "/dashboard/",
            "/dashboard/assets/{id}");

    /** What each route answers when there is too much to do, or the service stops. */
    private static final List<Integer> BUSY = List.of(JsonHandler.UNAVAILABLE);

    private final Studio studio;
    private final Places places;

    private Api(Studio studio, Places places) {
        this.studio = studio;
        this.places = places;
    }

    /**
     * {@return the routes to a studio, and those that tell of the service itself}
     *
     * @param places how many requests may be at the studio at once; the others need none
     * @param monitoring answers what tells of the service
     */
    public static List<Route> routes(Studio studio, int places, HttpHandler monitoring) {
        Api api = new Api(studio, new Places(places));
        Route.Handler handler = (exchange, none) -> {
            monitoring.handle(exchange);
            return exchange.getResponseCode();
        };
        List<Route> routes = new ArrayList<>(api.routes());
        MONITORING.forEach(template -> routes.add(new Route("GET", template, handler, BUSY)));
        return List.copyOf(routes);
    }

    private List<Route> routes() {
        List<Integer> noStory = List.of(JsonHandler.BAD_GATEWAY, JsonHandler.UNAVAILABLE);
        return List.of(
                placed("POST", "/api/v1/generate", (exchange, none) -> generate(exchange), noStory),
                placed("GET", "/api/v1/stories/{id}", (exchange, id) -> story(id), BUSY),
                placed("POST", "/api/v1/stories/{id}/interactions", this::interact, BUSY),
                placed("DELETE", "/api/v1/sessions/{id}", (exchange, id) -> closeSession(id), BUSY));
    }

    private Route placed(String method, String template, JsonHandler.Work work, List<Integer> failures) {
        return new Route(method, template, places.within(new JsonHandler(work)), failures);
    }

    private Answer generate(HttpExchange exchange)
            throws IOException, BadRequestException, ProviderException, StoryRejectedException, InterruptedException {
        JsonBody body = JsonBody.read(exchange.getRequestBody());
        Genre genre = genre(body.text("genre"));
        String prompt = body.text("prompt");
        Telling telling = studio.tell(body.optionalText("session").orElse(null), genre, prompt);
        Story story = telling.story();
        return Answer.ok(new Generated(
                story.id(), genre.label(), story.text(), story.words(), telling.cached(), telling.session()));
    }

    private Answer story(String id) throws BadRequestException {
        Story story = find(id);
        return Answer.ok(new Kept(story.id(), story.genre().label(), story.text(), story.words()));
    }

    private Answer interact(HttpExchange exchange, String id) throws IOException, BadRequestException {
        Story story = find(id);
        JsonBody body = JsonBody.read(exchange.getRequestBody());
        Interaction type = interaction(body.text("type"));
        OptionalInt rating = body.optionalNumber("rating", MIN_RATING, MAX_RATING);
        if (type != Interaction.RATE) {
            studio.interact(type);
        } else if (rating.isEmpty()) {
            throw BadRequestException.malformed("rating must be given with the type \"rate\"");
        }
        rating.ifPresent(studio::rate);
        return Answer.ok(new Noted(story.id(), type.label(), rating.isPresent() ? rating.getAsInt() : null));
    }

    private Answer closeSession(String id) throws BadRequestException {
        if (!studio.closeSession(id)) {
            throw BadRequestException.notFound("there is no open session with this id");
        }
        return Answer.ok(new Closed(id));
    }

    private Story find(String id) throws BadRequestException {
        return studio.story(id).orElseThrow(() -> BadRequestException.notFound("there is no story with this id"));
    }

    private static Genre genre(String label) throws BadRequestException {
        return Genre.of(label)
                .orElseThrow(() -> unknown(
                        "genre", Arrays.stream(Genre.values()).map(Genre::label).toList(), label));
    }

    private static Interaction interaction(String label) throws BadRequestException {
        List<Interaction> all = List.of(Interaction.values());
        return all.stream()
                .filter(type -> type.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        unknown("type", all.stream().map(Interaction::label).toList(), label));
    }

    private static BadRequestException unknown(String field, List<String> known, String label) {
        return BadRequestException.malformed(field
                + known.stream().collect(Collectors.joining(", ", " must be one of ", ": was "))
                + '"'
                + label
                + '"');
    }

    record Generated(String id, String genre, String text, int words, boolean cached, String session) {}

    record Kept(String id, String genre, String text, int words) {}

    record Noted(String story, String type, @Nullable Integer rating) {}

    record Closed(String session) {}
}
