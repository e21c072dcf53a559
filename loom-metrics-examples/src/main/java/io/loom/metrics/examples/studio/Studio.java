package io.loom.metrics.examples.studio;

import io.loom.metrics.Interaction;
import io.loom.metrics.InteractionMeters;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.ProviderException;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.Story;
import io.loom.metrics.health.MonitorPlugin;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Where readers get their stories, and log lines their session. Thread-safe; what it keeps is bounded. */
public final class Studio implements AutoCloseable {
    private static final String SESSION = "session";
    private static final int MAX_STORIES = 10_000;
    private static final int MAX_CACHED = 1_000;
    private static final int MAX_SESSIONS = 10_000;

    /** How long a session stays open unused. */
    public static final Duration IDLE_LIMIT = Duration.ofMinutes(10);

    private final Sessions sessions;
    private final ResponseCache cache;
    private final Shelf shelf = new Shelf(MAX_STORIES);
    private final StoryWriter writer;
    private final InteractionMeters interactions;
    private final Clock clock;

    /** Creates a studio that has its drafts from {@code models} in turn. */
    public Studio(LoomMetrics loom, Clock clock, List<LlmClient> models) {
        this.sessions = new Sessions(loom.sessions(), clock, MAX_SESSIONS, IDLE_LIMIT);
        this.cache = new ResponseCache(loom, MAX_CACHED);
        this.writer = new StoryWriter(loom, clock, models);
        this.interactions = loom.interactions();
        this.clock = clock;
    }

    /**
     * {@return a story, from the cache where the same was asked for before}
     *
     * @param session the session to go on in; where it is null or not open, a new one is opened
     * @throws ProviderException where a model failed for good
     * @throws StoryRejectedException where no draft kept the rules
     * @throws InterruptedException where the thread was interrupted
     */
    public Telling tell(@Nullable String session, Genre genre, String prompt)
            throws ProviderException, StoryRejectedException, InterruptedException {
        String used = sessions.use(session);
        MDC.put(SESSION, used);
        Optional<Story> known = cache.find(genre, prompt);
        Story story = known.isPresent() ? known.get() : load(genre, prompt);
        cache.put(prompt, story);
        shelf.put(story);
        sessions.told(used, story.words());
        return new Telling(story, known.isPresent(), used);
    }

    /** {@return a plugin that tells of the stories that are kept} */
    public MonitorPlugin plugin() {
        return shelf;
    }

    /** {@return the story with this id, if it is still kept} */
    public Optional<Story> story(String id) {
        return shelf.find(id);
    }

    /** Notes what a reader did with a story. */
    public void interact(Interaction interaction) {
        interactions.record(interaction);
    }

    /** Notes a rating of 1 to 5, which is an interaction itself. */
    public void rate(int rating) {
        interactions.rate(rating);
    }

    /** Closes a session; {@return whether it was open} */
    public boolean closeSession(String id) {
        boolean closed = sessions.close(id);
        if (closed) {
            MDC.put(SESSION, id);
        }
        return closed;
    }

    /** Closes the sessions that nobody has used for {@link #IDLE_LIMIT}. */
    public void closeIdleSessions() {
        sessions.closeIdle();
    }

    /** Closes all sessions. */
    @Override
    public void close() {
        sessions.close();
    }

    /** What the cache does not have is written; how long that takes is what a miss costs. */
    private Story load(Genre genre, String prompt)
            throws ProviderException, StoryRejectedException, InterruptedException {
        long startNanos = clock.monotonicTime();
        Story story = writer.write(genre, prompt);
        cache.loaded(Duration.ofNanos(clock.monotonicTime() - startNanos));
        return story;
    }

    /**
     * A story, told to a reader.
     *
     * @param cached whether it was there already
     * @param session the session that it was told in
     */
    public record Telling(Story story, boolean cached, String session) {}
}
