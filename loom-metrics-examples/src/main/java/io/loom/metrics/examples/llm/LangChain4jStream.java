package io.loom.metrics.examples.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.loom.metrics.llm.ErrorType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A model whose answers come in chunks. It is metered by hand: an interrupt before the first chunk then counts as cancelled at
 * once. LangChain4j gives no handle to cancel by so early, and {@code LoomStreamingChatModel} would see the end at the HTTP
 * client's limit only.
 */
final class LangChain4jStream implements LlmProvider {
    private final ChatService service;
    private final StreamingChatModel model;
    private final LangChain4jAnswers answers;

    LangChain4jStream(ChatService service, StreamingChatModel model, LangChain4jAnswers answers) {
        this.service = service;
        this.model = model;
        this.answers = answers;
    }

    @Override
    public String name() {
        return service.provider();
    }

    @Override
    public String model() {
        return service.model();
    }

    @Override
    public Completion complete(String prompt, Runnable chunk) throws ProviderException, InterruptedException {
        Answer answer = new Answer(chunk);
        try {
            model.chat(ChatRequest.builder().messages(UserMessage.from(prompt)).build(), answer);
            return whole(answer.await());
        } catch (InterruptedException e) {
            answer.cancel();
            throw e;
        } catch (ExecutionException e) {
            ProviderException failure = answers.failure(e.getCause());
            boolean brokeOff = answer.hasBegun() && failure.errorType() == ErrorType.NETWORK;
            throw brokeOff ? answers.failure(ErrorType.STREAM_INTERRUPTED, e.getCause()) : failure;
        } catch (RuntimeException e) {
            throw answers.failure(e);
        }
    }

    /** The connection may end cleanly, and too early. */
    private Completion whole(ChatResponse response) throws ProviderException {
        if (response.finishReason() == null) {
            throw answers.failure(ErrorType.STREAM_INTERRUPTED, null);
        }
        return answers.completion(response);
    }

    /** An answer on its way. */
    private static final class Answer implements StreamingChatResponseHandler {
        private final Runnable chunk;
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        private volatile @Nullable StreamingHandle handle;

        Answer(Runnable chunk) {
            this.chunk = chunk;
        }

        /** Not for ever: the HTTP client has a limit. */
        ChatResponse await() throws InterruptedException, ExecutionException {
            return whole.get();
        }

        boolean hasBegun() {
            return handle != null;
        }

        /** Before the first chunk there is nothing to cancel it by; the HTTP client ends it at its limit. */
        void cancel() {
            StreamingHandle known = handle;
            if (known != null) {
                known.cancel();
            }
        }

        @Override
        public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
            handle = context.streamingHandle();
            chunk.run();
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }
    }
}
