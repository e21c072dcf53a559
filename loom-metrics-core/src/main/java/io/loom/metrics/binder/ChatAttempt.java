package io.loom.metrics.binder;

import io.loom.metrics.LlmCall;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.llm.Usage;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;

/** An attempt that Spring AI observes. The observation's end is read off its context: there is no other word of it. */
record ChatAttempt(LlmMeter meter, LlmCall call) {
    static ChatAttempt start(LlmMeter meter) {
        return new ChatAttempt(meter, meter.start());
    }

    void end(ChatModelObservationContext context) {
        Throwable failure = context.getError();
        ChatResponse response = context.getResponse();
        if (response == null) {
            endWithoutAnswer(context, failure);
            return;
        }
        ChatAnswer answer = new ChatAnswer(context.getOperationMetadata().provider(), response);
        Usage used = meter.usageOf(answer, ChatAnswer::usage);
        if (failure != null) {
            call.fail(failure, SpringAiErrors::typeOf, used);
        } else {
            call.succeed(used, answer.finishReason());
        }
        meter.rateLimits(answer.rateLimits());
    }

    /** Spring AI has an answer of every stream that came to its end, so that one without was cancelled. */
    private void endWithoutAnswer(ChatModelObservationContext context, @Nullable Throwable failure) {
        if (failure != null) {
            call.fail(failure, SpringAiErrors::typeOf);
        } else if (context.isStreaming()) {
            call.cancel(null); // chunks may have come
        } else {
            call.close();
        }
    }
}
