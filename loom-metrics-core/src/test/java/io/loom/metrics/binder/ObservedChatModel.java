package io.loom.metrics.binder;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * A chat model that observes itself by the same means, in the same order, as Spring AI's own models do; what it answers is
 * the test's.
 *
 * @param answer of a blocking call; null for an answer that Spring AI hands on empty, and does not show to the observation
 * @param chunks of a stream
 */
record ObservedChatModel(
        ObservationRegistry observations, String provider, Supplier<ChatResponse> answer, Flux<ChatResponse> chunks)
        implements ChatModel {
    private static final ChatModelObservationConvention CONVENTION = new DefaultChatModelObservationConvention();

    @Override
    public ChatResponse call(Prompt prompt) {
        ChatModelObservationContext context = context(prompt, provider, false);
        return observation(context, observations).observe(() -> {
            ChatResponse response = answer.get();
            if (response == null) {
                return new ChatResponse(List.of());
            }
            context.setResponse(response);
            return response;
        });
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return Flux.defer(() -> {
            ChatModelObservationContext context = context(prompt, provider, true);
            Observation observation = observation(context, observations).start();
            Flux<ChatResponse> observed = chunks.doOnError(observation::error).doFinally(signal -> observation.stop());
            return new MessageAggregator().aggregate(observed, context::setResponse);
        });
    }

    static ChatModelObservationContext context(Prompt prompt, String provider, boolean streaming) {
        return ChatModelObservationContext.builder()
                .prompt(prompt)
                .provider(provider)
                .streaming(streaming)
                .build();
    }

    static Observation observation(ChatModelObservationContext context, ObservationRegistry observations) {
        return ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(
                null, CONVENTION, () -> context, observations);
    }
}
