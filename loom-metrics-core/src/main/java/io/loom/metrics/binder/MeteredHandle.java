package io.loom.metrics.binder;

import dev.langchain4j.model.chat.response.StreamingHandle;
import io.loom.metrics.LlmStream;

/** Tells an {@link LlmStream} that the caller has cancelled it, where the model within does so. */
final class MeteredHandle implements StreamingHandle {
    private final StreamingHandle handle;
    private final LlmStream stream;
    private volatile boolean cancelling;

    MeteredHandle(StreamingHandle handle, LlmStream stream) {
        this.handle = handle;
        this.stream = stream;
    }

    /** Not every model can; the stream goes on where it throws. */
    @Override
    public void cancel() {
        cancelling = true;
        try {
            handle.cancel();
        } catch (Throwable failure) {
            cancelling = false;
            throw failure;
        }
        stream.cancel();
    }

    @Override
    public boolean isCancelled() {
        return handle.isCancelled();
    }

    boolean isCancelling() {
        return cancelling;
    }

    @SuppressWarnings("ReferenceEquality") // the very one
    boolean isOf(StreamingHandle other) {
        return handle == other;
    }
}
