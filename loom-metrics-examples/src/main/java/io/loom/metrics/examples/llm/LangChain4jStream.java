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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A model whose answers come in chunks. It has a limit for the whole answer, which LangChain4j has not; an answer that takes
 * longer has timed out, and was not cancelled by anybody. So it is not metered by {@code LoomStreamingChatModel}, which would
 * see the cancellation only.
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
            return answers.completion(answer.await(service.limit()));
        } catch (TimeoutException e) {
            answer.cancel();
            throw answers.failure(ErrorType.TIMEOUT, e);
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

    /** An answer on its way. */
    private static final class Answer implements StreamingChatResponseHandler {
        private final Runnable chunk;
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        private volatile @Nullable StreamingHandle handle;

        Answer(Runnable chunk) {
            this.chunk = chunk;
        }

        ChatResponse await(Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
            return whole.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        boolean hasBegun() {
            return handle != null;
        }

        /** Before the first chunk there is nothing to cancel it by; the client's own limit ends it then. */
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
