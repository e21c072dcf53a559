package io.loom.metrics.binder;

import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * Counts the calls to Spring AI's chat models, blocking ones and streams, by the observations that Spring AI makes of them:
 * {@code gen_ai.client.operation}. An observation is an attempt. Of several handlers that lead to one meter, the first counts it.
 *
 * <p>An observation tells how a call began and how it ended, and nothing of the chunks between. So a stream has no time to its
 * first token here, and one that was cancelled has no usage: it is counted as missing.
 *
 * <p>Immutable and thread-safe. An attempt under way is kept in its observation's context. Takes no lock and never throws.
 */
@SuppressWarnings("exports") // who uses it has the library
public final class LoomChatObservationHandler implements ObservationHandler<ChatModelObservationContext> {
    /** OpenTelemetry's names, where they are not Spring AI's. */
    private static final Map<String, String> PROVIDERS = Map.of(
            "bedrock_converse", "aws.bedrock",
            "google_genai", "gcp.gen_ai",
            "vertex_ai", "gcp.vertex_ai");

    private final LoomMetrics loom;
    private final Function<? super ChatModelObservationContext, ? extends @Nullable String> provider;
    private final Function<? super ChatModelObservationContext, ? extends @Nullable String> model;

    private LoomChatObservationHandler(
            LoomMetrics loom,
            Function<? super ChatModelObservationContext, ? extends @Nullable String> provider,
            Function<? super ChatModelObservationContext, ? extends @Nullable String> model) {
        this.loom = Objects.requireNonNull(loom, "loom");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * {@return a handler for {@code ObservationRegistry.observationConfig().observationHandler}} Provider and model are those
     * that the request names.
     */
    public static LoomChatObservationHandler of(LoomMetrics loom) {
        return new LoomChatObservationHandler(
                loom, LoomChatObservationHandler::namedProvider, LoomChatObservationHandler::requestedModel);
    }

    /**
     * {@return a handler like this one, which asks {@code provider} who serves the model}
     *
     * @param provider where it returns null, or throws, the label is {@code unknown}
     */
    public LoomChatObservationHandler withProvider(
            Function<? super ChatModelObservationContext, ? extends @Nullable String> provider) {
        return new LoomChatObservationHandler(loom, provider, model);
    }

    /**
     * {@return a handler like this one, which asks {@code model} for the model's name}
     *
     * @param model where it returns null, or throws, the label is {@code unknown}
     */
    public LoomChatObservationHandler withModel(
            Function<? super ChatModelObservationContext, ? extends @Nullable String> model) {
        return new LoomChatObservationHandler(loom, provider, model);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ChatModelObservationContext;
    }

    @Override
    public void onStart(ChatModelObservationContext context) {
        LlmMeter meter = loom.llm(Foreign.ask(provider, context), Foreign.ask(model, context));
        if (!context.containsKey(meter)) { // registered twice, or another is registered that leads to it
            context.put(meter, this);
            context.put(this, ChatAttempt.start(meter));
        }
    }

    @Override
    public void onStop(ChatModelObservationContext context) {
        if (context.remove(this) instanceof ChatAttempt attempt) {
            context.remove(attempt.meter());
            attempt.end(context);
        }
    }

    private static @Nullable String namedProvider(ChatModelObservationContext context) {
        String name = context.getOperationMetadata().provider();
        return name == null ? null : PROVIDERS.getOrDefault(name, name);
    }

    private static @Nullable String requestedModel(ChatModelObservationContext context) {
        ChatOptions options = context.getRequest().getOptions();
        return options == null ? null : options.getModel();
    }
}
