package io.loom.metrics.binder;

import dev.langchain4j.model.chat.response.StreamingHandle;

/** A handle that does {@code onCancel} when the stream is cancelled. */
final class ScriptedHandle implements StreamingHandle {
    private final Runnable onCancel;
    private boolean cancelled;

    ScriptedHandle(Runnable onCancel) {
        this.onCancel = onCancel;
    }

    ScriptedHandle() {
        this(() -> {});
    }

    @Override
    public void cancel() {
        onCancel.run();
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
