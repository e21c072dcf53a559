package io.loom.metrics.examples.studio;

/** Every draft broke a rule that no story may break. */
public final class StoryRejectedException extends Exception {
    private static final long serialVersionUID = 1;

    StoryRejectedException(int drafts) {
        super("none of " + drafts + " drafts may be shown");
    }
}
