package io.loom.metrics.examples.studio;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Narrative;
import io.loom.metrics.NarrativeMeters;
import io.loom.metrics.examples.llm.Completion;
import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.ProviderException;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.Story;
import io.micrometer.core.annotation.Counted;
import io.micrometer.core.instrument.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes stories: an outline, drafts by the models in turn, and the rules that each draft is held to. Thread-safe. */
final class StoryWriter {
    private static final int MAX_DRAFTS = 3;

    private final Outlines outlines;
    private final List<LlmClient> models;
    private final AtomicInteger turn = new AtomicInteger();
    private final Editor editor;
    private final NarrativeMeters narratives;

    StoryWriter(LoomMetrics loom, Clock clock, List<LlmClient> models) {
        this.outlines = new Outlines(loom);
        this.models = List.copyOf(models);
        this.editor = new Editor(loom.rules(), clock);
        this.narratives = loom.narratives();
    }

    /** {@return the first draft that may be shown} */
    @Counted(value = "story.written", description = "Stories that were asked for.")
    Story write(Genre genre, String wish) throws ProviderException, StoryRejectedException, InterruptedException {
        try (Narrative narrative = narratives.start(genre.label())) {
            Optional<Story> story = draft(narrative, genre, prompt(genre, wish));
            if (story.isEmpty()) {
                narrative.rejected();
                throw new StoryRejectedException(MAX_DRAFTS);
            }
            return story.get();
        }
    }

    private Optional<Story> draft(Narrative narrative, Genre genre, String prompt)
            throws ProviderException, InterruptedException {
        for (int draft = 1; draft <= MAX_DRAFTS; draft++) {
            Completion completion = complete(narrative, prompt);
            Optional<Story> story = editor.edit(genre, completion.text()).map(text -> Story.of(genre, text));
            if (story.isPresent()) {
                end(narrative, completion, story.get());
                return story;
            }
        }
        return Optional.empty();
    }

    private static void end(Narrative narrative, Completion completion, Story story) {
        if (completion.whole()) {
            narrative.generated(story.words());
        } else {
            narrative.truncated(story.words());
        }
    }

    /** Asks the model whose turn it is and, where it fails, the one after it. */
    private Completion complete(Narrative narrative, String prompt) throws ProviderException, InterruptedException {
        int first = turn.getAndIncrement();
        LlmClient model = model(first);
        LlmClient other = model(first + 1);
        try {
            return model == other ? model.complete(prompt) : complete(model, other, prompt);
        } catch (ProviderException e) {
            narrative.failed(e.errorType());
            throw e;
        }
    }

    private static Completion complete(LlmClient model, LlmClient other, String prompt)
            throws ProviderException, InterruptedException {
        try {
            return model.complete(prompt);
        } catch (ProviderException e) {
            model.fallBackTo(other);
            return other.complete(prompt);
        }
    }

    private String prompt(Genre genre, String wish) {
        return "Write a story of the genre " + genre.label() + ". " + String.join(" ", outlines.write(genre, wish));
    }

    private LlmClient model(int number) {
        return models.get(Math.floorMod(number, models.size()));
    }
}
