package io.loom.metrics.binder;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.loom.metrics.LlmCall;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.Usage;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Meters the calls of a LangChain4j {@code ChatModel}: each is an attempt. The first end of a call counts. Calls that a {@link
 * LoomStreamingChatModel} meters are left to it. Of several listeners that lead to one meter, the first counts the call.
 *
 * <p>Immutable and thread-safe; one listener serves any number of models. It takes no lock and never throws.
 */
@SuppressWarnings("exports") // who uses it has the library
public final class LoomChatModelListener implements ChatModelListener {
    /** The attribute of a call that says that it is metered already. */
    static final String METERED = LoomStreamingChatModel.class.getName();

    private final BiFunction<@Nullable ModelProvider, @Nullable String, LlmMeter> meters;
    private final Function<? super ChatResponse, ? extends @Nullable Usage> usage;

    private LoomChatModelListener(
            BiFunction<@Nullable ModelProvider, @Nullable String, LlmMeter> meters,
            Function<? super ChatResponse, ? extends @Nullable Usage> usage) {
        this.meters = meters;
        this.usage = Objects.requireNonNull(usage, "usage");
    }

    /**
     * {@return a listener whose calls go to the meter of their provider and model} The provider is that of the model's class, and
     * the model is the one that was asked for, not the dated one that answered.
     */
    public static LoomChatModelListener of(LoomMetrics loom) {
        return new LoomChatModelListener(LangChain4jCalls.meters(loom), LangChain4jUsage::of);
    }

    /** {@return a listener whose calls all go to {@code meter}} */
    public static LoomChatModelListener of(LlmMeter meter) {
        return new LoomChatModelListener(LangChain4jCalls.always(meter), LangChain4jUsage::of);
    }

    /**
     * {@return this listener, with another way to read the usage off a response}
     *
     * @param newUsage null where the response does not say; what it throws is counted, and costs the usage only
     */
    public LoomChatModelListener withUsage(Function<? super ChatResponse, ? extends @Nullable Usage> newUsage) {
        return new LoomChatModelListener(meters, newUsage);
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
        Map<Object, Object> attributes = context.attributes();
        if (attributes.containsKey(METERED)) {
            return;
        }
        LlmMeter meter =
                meters.apply(context.modelProvider(), context.chatRequest().modelName());
        if (attributes.putIfAbsent(meter, METERED) == null) { // listed twice, or another is listed that leads to it
            attributes.put(this, new Attempt(meter, meter.start()));
        }
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        if (context.attributes().get(this) instanceof Attempt attempt) {
            ChatResponse response = context.chatResponse();
            attempt.call.succeed(attempt.meter.usageOf(response, usage), LangChain4jCalls.finishReason(response));
        }
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        if (context.attributes().get(this) instanceof Attempt attempt) {
            attempt.call.fail(context.error(), LangChain4jErrors::typeOf);
        }
    }

    /** What a call's attributes keep until it ends. */
    private record Attempt(LlmMeter meter, LlmCall call) {}
}
