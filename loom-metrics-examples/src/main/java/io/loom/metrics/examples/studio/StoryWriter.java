package io.loom.metrics.examples.studio;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Narrative;
import io.loom.metrics.NarrativeMeters;
import io.loom.metrics.RuleMeters;
import io.loom.metrics.Severity;
import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.ProviderException;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.Story;
import io.loom.metrics.examples.story.StoryRule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes stories: an outline, drafts by the models in turn, and the rules that each draft is held to. Thread-safe. */
final class StoryWriter {
    private static final int MAX_DRAFTS = 3;

    private final Outlines outlines;
    private final List<LlmClient> models;
    private final AtomicInteger turn = new AtomicInteger();
    private final RuleMeters rules;
    private final NarrativeMeters narratives;

    StoryWriter(LoomMetrics loom, List<LlmClient> models) {
        this.outlines = new Outlines(loom);
        this.models = List.copyOf(models);
        this.rules = loom.rules();
        this.narratives = loom.narratives();
    }

    /** {@return the first draft that may be shown} */
    Story write(Genre genre, String wish) throws ProviderException, StoryRejectedException, InterruptedException {
        try (Narrative narrative = narratives.start(genre.label())) {
            Optional<Story> story = draft(narrative, genre, prompt(genre, wish));
            if (story.isEmpty()) {
                narrative.rejected();
                throw new StoryRejectedException(MAX_DRAFTS);
            }
            narrative.generated(story.get().words());
            return story.get();
        }
    }

    private Optional<Story> draft(Narrative narrative, Genre genre, String prompt)
            throws ProviderException, InterruptedException {
        try {
            return draft(genre, prompt);
        } catch (ProviderException e) {
            narrative.failed(e.errorType());
            throw e;
        }
    }

    private Optional<Story> draft(Genre genre, String prompt) throws ProviderException, InterruptedException {
        for (int draft = 1; draft <= MAX_DRAFTS; draft++) {
            String text = nextModel().complete(prompt).text();
            if (mayBeShown(genre, text)) {
                return Optional.of(Story.of(genre, text));
            }
        }
        return Optional.empty();
    }

    private String prompt(Genre genre, String wish) {
        return "Write a story of the genre " + genre.label() + ". " + String.join(" ", outlines.write(genre, wish));
    }

    private LlmClient nextModel() {
        return models.get(Math.floorMod(turn.getAndIncrement(), models.size()));
    }

    private boolean mayBeShown(Genre genre, String text) {
        for (StoryRule rule : StoryRule.values()) {
            rules.executed(rule.label());
        }
        List<StoryRule> broken = StoryRule.brokenBy(genre, text);
        broken.forEach(rule -> rules.violated(rule.label(), rule.severity()));
        return broken.stream().noneMatch(rule -> rule.severity() == Severity.CRITICAL);
    }
}
