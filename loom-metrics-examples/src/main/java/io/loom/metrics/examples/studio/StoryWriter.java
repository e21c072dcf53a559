package io.loom.metrics.examples.studio;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.NarrativeMeters;
import io.loom.metrics.RuleMeters;
import io.loom.metrics.Severity;
import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.ProviderException;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.Story;
import io.loom.metrics.examples.story.StoryRule;
import java.util.List;
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
        String prompt = prompt(genre, wish);
        for (int draft = 1; draft <= MAX_DRAFTS; draft++) {
            String text = nextModel().complete(prompt).text();
            if (mayBeShown(genre, text)) {
                Story story = Story.of(genre, text);
                narratives.generated(genre.label(), story.words());
                return story;
            }
        }
        throw new StoryRejectedException(MAX_DRAFTS);
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
