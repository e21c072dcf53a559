package io.loom.metrics.binder;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LlmStream;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.Usage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A LangChain4j {@code StreamingChatModel} whose calls are metered: each is an attempt, with its first chunk, its gaps and its
 * end, be it by completion, by error or by {@code StreamingHandle.cancel()}. All else is that of the model within: its
 * listeners hear of each call once, and what it or the caller's handler throws leaves unchanged.
 *
 * <p>Immutable, and as thread-safe as the model within. It takes no lock and never throws by itself.
 */
@SuppressWarnings("exports") // who uses it has the library
public final class LoomStreamingChatModel implements StreamingChatModel {
    private final StreamingChatModel model;
    private final BiFunction<@Nullable ModelProvider, @Nullable String, LlmMeter> meters;
    private final Function<? super ChatResponse, ? extends @Nullable Usage> usage;
    private final boolean allWaysAreOne;

    private LoomStreamingChatModel(
            StreamingChatModel model,
            BiFunction<@Nullable ModelProvider, @Nullable String, LlmMeter> meters,
            Function<? super ChatResponse, ? extends @Nullable Usage> usage) {
        this.model = Objects.requireNonNull(model, "model");
        this.meters = meters;
        this.usage = Objects.requireNonNull(usage, "usage");
        this.allWaysAreOne = leadsAllWaysToOne(model.getClass());
    }

    /**
     * {@return {@code model}, whose calls go to the meter of their provider and model} The provider is that of the model's class,
     * and the model is the one that was asked for, not the dated one that answered.
     */
    public static LoomStreamingChatModel of(StreamingChatModel model, LoomMetrics loom) {
        return new LoomStreamingChatModel(model, LangChain4jCalls.meters(loom), LangChain4jUsage::of);
    }

    /** {@return {@code model}, whose calls all go to {@code meter}} */
    public static LoomStreamingChatModel of(StreamingChatModel model, LlmMeter meter) {
        return new LoomStreamingChatModel(model, LangChain4jCalls.always(meter), LangChain4jUsage::of);
    }

    /**
     * {@return this model, with another way to read the usage off a response}
     *
     * @param newUsage null where the response does not say; what it throws is counted, and costs the usage only
     */
    public LoomStreamingChatModel withUsage(Function<? super ChatResponse, ? extends @Nullable Usage> newUsage) {
        return new LoomStreamingChatModel(model, meters, newUsage);
    }

    @Override
    public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
        if (allWaysAreOne && isListenedTo()) {
            chat(request, ChatRequestOptions.EMPTY, handler); // as the model within would
        } else {
            metered(request, handler, metered -> model.chat(request, metered));
        }
    }

    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        ChatRequestOptions passed = isListenedTo() ? marked(options) : options;
        metered(request, handler, metered -> model.chat(request, passed, metered));
    }

    @Override
    public void chat(String userMessage, StreamingChatResponseHandler handler) {
        if (allWaysAreOne) {
            StreamingChatModel.super.chat(userMessage, handler);
        } else {
            metered(null, handler, metered -> model.chat(userMessage, metered));
        }
    }

    @Override
    public void chat(List<ChatMessage> messages, StreamingChatResponseHandler handler) {
        if (allWaysAreOne) {
            StreamingChatModel.super.chat(messages, handler);
        } else {
            metered(null, handler, metered -> model.chat(messages, metered));
        }
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        metered(request, handler, metered -> model.doChat(request, metered));
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return model.listeners();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }

    private void metered(
            @Nullable ChatRequest request,
            StreamingChatResponseHandler handler,
            Consumer<StreamingChatResponseHandler> call) {
        LlmMeter meter = meterOf(request);
        LlmStream stream = meter.stream();
        try {
            call.accept(new MeteredHandler(handler, meter, stream, usage));
        } catch (Throwable failure) {
            stream.fail(failure, LangChain4jErrors::typeOf);
            throw failure;
        }
    }

    private LlmMeter meterOf(@Nullable ChatRequest request) {
        try {
            String asked = request == null ? null : request.modelName();
            return meters.apply(
                    model.provider(),
                    asked == null ? model.defaultRequestParameters().modelName() : asked);
        } catch (Throwable e) { // foreign code; the call itself may work
            return meters.apply(null, null);
        }
    }

    /** A model that is used for both kinds of calls may have our listener. */
    private boolean isListenedTo() {
        try {
            return model.listeners().stream().anyMatch(LoomChatModelListener.class::isInstance);
        } catch (Throwable e) { // foreign code
            return false;
        }
    }

    private static ChatRequestOptions marked(@Nullable ChatRequestOptions options) {
        Map<Object, Object> attributes = new HashMap<>();
        if (options != null) {
            attributes.putAll(options.listenerAttributes());
        }
        attributes.put(LoomChatModelListener.METERED, true);
        return ChatRequestOptions.builder().listenerAttributes(attributes).build();
    }

    /** {@return whether the shorter forms of {@code chat} are LangChain4j's, which lead to the one with options} */
    private static boolean leadsAllWaysToOne(Class<?> model) {
        return Arrays.stream(model.getMethods())
                .filter(method -> method.getName().equals("chat") && method.getParameterCount() == 2)
                .allMatch(method -> method.getDeclaringClass() == StreamingChatModel.class);
    }
}
