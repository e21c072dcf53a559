package io.loom.metrics.binder;

import static io.loom.metrics.binder.ScriptedChatModel.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.loom.metrics.Readings;
import io.loom.metrics.TestLoom;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All the ways into a model lead through the decorator to the model within. */
class LoomStreamingChatModelFormsTest {
    private static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("Tell me a story")).build();
    private static final ChatRequestOptions OPTIONS =
            ChatRequestOptions.builder().addListenerAttribute("reader", "r-7").build();

    private final TestLoom test = TestLoom.create();
    private final RecordingHandler handler = new RecordingHandler();

    /** A version of LangChain4j that adds a method fails here, before it is called on the wrong object. */
    @ParameterizedTest
    @MethodSource
    void method_ofTheInterface_isForwarded(Class<?> decorator, Method method) throws Exception {
        assertThat(decorator.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                .isNotNull();
    }

    static Stream<Arguments> method_ofTheInterface_isForwarded() {
        return Stream.of(
                        methods(LoomStreamingChatModel.class, StreamingChatModel.class),
                        methods(MeteredHandler.class, StreamingChatResponseHandler.class),
                        methods(MeteredHandle.class, StreamingHandle.class),
                        methods(LoomChatModelListener.class, ChatModelListener.class))
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> methods(Class<?> decorator, Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(method -> Arguments.arguments(decorator, method));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void form_reachesTheModelAndItsListenersOnce(String name, Consumer<Call> form) {
        HearingListener heard = new HearingListener();
        StreamingChatModel model = new ScriptedStreamingModel(told -> told.onCompleteResponse(RESPONSE), heard);

        form.accept(new Call(LoomStreamingChatModel.of(model, test.loom()), handler));

        assertThat(heard.calls).containsExactly("request claude-x", "response claude-x");
        assertThat(handler.heard).containsExactly(RESPONSE);
        assertThat(test.sum("loom.llm.requests")).isOne();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void form_ofAModelThatHasOurListenerToo_countsOnce(String name, Consumer<Call> form) {
        HearingListener heard = new HearingListener();
        StreamingChatModel model = new ScriptedStreamingModel(
                told -> told.onCompleteResponse(RESPONSE), LoomChatModelListener.of(test.loom()), heard);

        form.accept(new Call(LoomStreamingChatModel.of(model, test.loom()), handler));

        assertThat(heard.calls).containsExactly("request claude-x", "response claude-x");
        assertThat(test.sum("loom.llm.requests")).isOne();
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    /** As models do that wrap others. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void form_thatTheModelHasItself_isTheOneThatIsCalled(String name, Consumer<Call> form) {
        OwnForms model = new OwnForms(List.of(LoomChatModelListener.of(test.loom())));

        form.accept(new Call(LoomStreamingChatModel.of(model, test.loom()), handler));

        assertThat(model.called).containsExactly(name);
        assertThat(handler.heard).containsExactly(RESPONSE);
        assertThat(test.sum("loom.llm.requests")).isOne();
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form("request", call -> call.model.chat(REQUEST, call.handler)),
                form("options", call -> call.model.chat(REQUEST, OPTIONS, call.handler)),
                form("text", call -> call.model.chat("Tell me a story", call.handler)),
                form("messages", call -> call.model.chat(REQUEST.messages(), call.handler)));
    }

    @Test
    void doChat_reachesTheModel_pastItsListeners() {
        HearingListener heard = new HearingListener();
        StreamingChatModel model = LoomStreamingChatModel.of(
                new ScriptedStreamingModel(told -> told.onCompleteResponse(RESPONSE), heard), test.loom());

        model.doChat(REQUEST, handler);

        assertThat(heard.calls).isEmpty();
        assertThat(handler.heard).containsExactly(RESPONSE);
        assertThat(test.sum("loom.llm.requests")).isOne();
    }

    @Test
    void options_reachTheListeners_alsoBesideOurs() {
        for (ChatModelListener ours : List.of(new HearingListener(), LoomChatModelListener.of(test.loom()))) {
            HearingListener heard = new HearingListener();
            StreamingChatModel model =
                    new ScriptedStreamingModel(told -> told.onCompleteResponse(RESPONSE), ours, heard);

            LoomStreamingChatModel.of(model, test.loom()).chat(REQUEST, OPTIONS, handler);
            LoomStreamingChatModel.of(model, test.loom()).chat(REQUEST, null, handler);

            assertThat(heard.attributes.get(0)).containsEntry("reader", "r-7");
            assertThat(heard.attributes.get(1)).doesNotContainKey("reader");
        }
    }

    @Test
    void restOfTheModel_isThatOfTheModelWithin() {
        ScriptedStreamingModel model = new ScriptedStreamingModel(told -> {}, new HearingListener());
        StreamingChatModel metered = LoomStreamingChatModel.of(model, test.loom());

        assertThat(metered.listeners()).isSameAs(model.listeners());
        assertThat(metered.provider()).isEqualTo(model.provider());
        assertThat(metered.defaultRequestParameters()).isEqualTo(model.defaultRequestParameters());
        assertThat(metered.supportedCapabilities()).isEqualTo(model.supportedCapabilities());
    }

    @Test
    void model_whoseAccessorsThrow_worksAllTheSame() {
        StreamingChatModel hostile = new StreamingChatModel() {
            @Override
            public void chat(ChatRequest request, StreamingChatResponseHandler told) {
                told.onCompleteResponse(RESPONSE);
            }

            @Override
            public ChatRequestParameters defaultRequestParameters() {
                throw new IllegalStateException("parameters");
            }

            @Override
            public List<ChatModelListener> listeners() {
                throw new IllegalStateException("listeners");
            }
        };

        StreamingChatModel metered = LoomStreamingChatModel.of(hostile, test.loom());
        assertThat(test.registry().find("loom.llm.requests").meters()).isEmpty();
        metered.chat(REQUEST, handler);

        assertThat(handler.heard).containsExactly(RESPONSE);
        assertThat(test.count("loom.llm.requests", "provider", "unknown")).isOne();
    }

    @Test
    void series_ofTheDefaultModel_existAtZeroBeforeTheFirstCall() {
        TestLoom resolved = TestLoom.create();
        resolved.loom().llm("anthropic", "claude-x");

        LoomStreamingChatModel.of(new ScriptedStreamingModel(told -> {}), test.loom());

        assertThat(Readings.of(test.registry())).isEqualTo(Readings.of(resolved.registry()));
    }

    @Test
    void series_ofAModelWithoutADefault_waitForTheFirstCall() {
        LoomStreamingChatModel.of(new OwnForms(List.of()), test.loom());

        assertThat(Readings.of(test.registry()))
                .isEqualTo(Readings.of(TestLoom.create().registry()));
    }

    private static Arguments form(String name, Consumer<Call> form) {
        return Arguments.arguments(name, form);
    }

    record Call(StreamingChatModel model, StreamingChatResponseHandler handler) {}

    /** Somebody else's listener. */
    private static final class HearingListener implements ChatModelListener {
        final List<String> calls = new ArrayList<>();
        final List<Map<Object, Object>> attributes = new ArrayList<>();

        @Override
        public void onRequest(ChatModelRequestContext context) {
            calls.add("request " + context.chatRequest().modelName());
            attributes.add(context.attributes());
        }

        @Override
        public void onResponse(ChatModelResponseContext context) {
            calls.add("response " + context.chatRequest().modelName());
        }
    }

    /** A model with a {@code chat} of its own in every form, and nothing behind it. */
    private static final class OwnForms implements StreamingChatModel {
        final List<String> called = new ArrayList<>();
        private final List<ChatModelListener> listeners;

        OwnForms(List<ChatModelListener> listeners) {
            this.listeners = listeners;
        }

        @Override
        public void chat(ChatRequest request, StreamingChatResponseHandler told) {
            answer("request", told);
        }

        @Override
        public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler told) {
            answer("options", told);
        }

        @Override
        public void chat(String userMessage, StreamingChatResponseHandler told) {
            answer("text", told);
        }

        @Override
        public void chat(List<ChatMessage> messages, StreamingChatResponseHandler told) {
            answer("messages", told);
        }

        @Override
        public List<ChatModelListener> listeners() {
            return listeners;
        }

        private void answer(String form, StreamingChatResponseHandler told) {
            called.add(form);
            told.onCompleteResponse(RESPONSE);
        }
    }
}
