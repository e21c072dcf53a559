package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.internal.ExceptionMapper;
import dev.langchain4j.model.anthropic.internal.api.AnthropicStreamingException;
import io.loom.metrics.LlmReadings;
import io.loom.metrics.TestLoom;
import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the exceptions that LangChain4j makes of a provider's answer. */
class LangChain4jErrorsTest {
    /** The bodies are as the providers document them; the quotes are single here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // OpenAI
                "429 | {'error':{'message':'m','type':'insufficient_quota','param':null,'code':'insufficient_quota'}}"
                        + " | QUOTA_EXHAUSTED",
                "429 | {'error':{'message':'m','type':'tokens','param':null,'code':'rate_limit_exceeded'}} | RATE_LIMIT",
                "400 | {'error':{'message':'m','type':'invalid_request_error','code':'context_length_exceeded'}}"
                        + " | CONTEXT_LENGTH",
                "400 | {'error':{'message':'m','type':'invalid_request_error','code':'content_policy_violation'}}"
                        + " | CONTENT_FILTERED",
                "400 | {'error':{'message':'m','type':'invalid_request_error','code':null}} | INVALID_REQUEST",
                "401 | {'error':{'message':'m','type':'invalid_request_error','code':null}} | AUTH",
                "404 | {'error':{'message':'m','type':'invalid_request_error','code':'model_not_found'}} | MODEL_NOT_FOUND",
                "503 | {'error':{'message':'m','type':'server_error','code':null}} | OVERLOADED",
                // Azure
                "400 | {'error':{'code':'content_filter','status':400,'innererror':{'code':'x'}}} | CONTENT_FILTERED",
                "404 | {'error':{'code':'DeploymentNotFound','message':'m'}} | MODEL_NOT_FOUND",
                // Anthropic
                "529 | {'type':'error','error':{'type':'overloaded_error','message':'m'}} | OVERLOADED",
                "400 | {'type':'error','error':{'type':'billing_error','message':'m'}} | QUOTA_EXHAUSTED",
                // Google
                "429 | {'error':{'code':429,'message':'m','status':'RESOURCE_EXHAUSTED'}} | RATE_LIMIT",
                "403 | [{'error':{'code':403,'message':'m','status':'PERMISSION_DENIED'}}] | AUTH",
                // Ollama, Mistral, and what is no JSON
                "404 | {'error':'model not found'} | MODEL_NOT_FOUND",
                "400 | {'object':'error','message':'m','type':'context_length_exceeded','code':'3051'} | CONTEXT_LENGTH",
                "502 | <html>insufficient_quota</html> | SERVER_ERROR",
                "429 | {'error':{'code':'insufficient_quota' | RATE_LIMIT",
                "429 | {'error':{'message':'insufficient_quota'}} | RATE_LIMIT",
                "429 | 'insufficient_quota' | RATE_LIMIT",
                "500 | null | SERVER_ERROR",
                "418 | [] | INVALID_REQUEST",
                "504 | | TIMEOUT",
                "302 | {} | OTHER",
            })
    void typeOf_httpException_isWhatCodeAndStatusSay(int status, String body, ErrorType expected) {
        HttpException failure = new HttpException(status, body == null ? null : body.replace('\'', '"'));

        assertThat(LangChain4jErrors.typeOf(failure)).isEqualTo(expected);
    }

    @Test
    void typeOf_longBody_isNotRead() {
        String filler = "x".repeat(64 * 1024);
        String body = "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"" + filler + "\"}}";

        assertThat(LangChain4jErrors.typeOf(new HttpException(429, body))).isEqualTo(ErrorType.RATE_LIMIT);
    }

    @Test
    void typeOf_bodyOfManyLevels_isLeftToItsStatus() {
        String deep = "[".repeat(60_000);

        assertThat(LangChain4jErrors.typeOf(new HttpException(429, deep))).isEqualTo(ErrorType.RATE_LIMIT);
    }

    @Test
    void typeOf_anthropicsErrorInMidStream_isItsType() {
        assertThat(LangChain4jErrors.typeOf(new AnthropicStreamingException("m", "overloaded_error")))
                .isEqualTo(ErrorType.OVERLOADED);
        assertThat(LangChain4jErrors.typeOf(new AnthropicStreamingException("m", "something new")))
                .isNull();
        assertThat(LangChain4jErrors.typeOf(new AnthropicStreamingException("m", null)))
                .isNull();
    }

    @Test
    void typeOf_others_knowsNothing() {
        assertThat(LangChain4jErrors.typeOf(new IOException("429"))).isNull();
        assertThat(LangChain4jErrors.typeOf(new LangChain4jException("429"))).isNull();
        assertThat(LangChain4jErrors.typeOf(null)).isNull();
    }

    @Test
    void adapters_needNoSetUp_toKnowWhatTheBodySays() {
        TestLoom test = TestLoom.create();

        fail(test, mapped(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"));

        assertThat(test.count("loom.llm.errors", "error_type", "quota_exhausted"))
                .isOne();
    }

    @Test
    void adapters_callersClassifier_knowsBetter_evenOfACause() {
        TestLoom test = TestLoom.create(builder -> builder.errorClassifier(
                failure -> failure instanceof HttpException ? ErrorType.BUDGET_EXCEEDED : null));

        fail(test, mapped(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"));

        assertThat(test.count("loom.llm.errors", "error_type", "budget_exceeded"))
                .isOne();
    }

    @Test
    void classifier_ofTheBuilder_servesEveryCall() {
        TestLoom test = TestLoom.create(builder -> builder.errorClassifier(LangChain4jErrors::typeOf));

        assertThatThrownBy(() -> LlmReadings.claude(test).call(() -> {
                    throw mapped(400, "{\"error\":{\"code\":\"context_length_exceeded\"}}");
                }))
                .isInstanceOf(LangChain4jException.class);

        assertThat(test.count("loom.llm.errors", "error_type", "context_length"))
                .isOne();
    }

    @Test
    void class_decidesWhereThereIsNoAnswer() {
        assertThat(CallEnd.of(new RateLimitException("m"), LangChain4jErrors::typeOf))
                .isEqualTo(CallEnd.failed(ErrorType.RATE_LIMIT));
    }

    private static RuntimeException mapped(int status, String body) {
        RuntimeException mapped = ExceptionMapper.DEFAULT.mapException(new HttpException(status, body));
        assertThat(mapped).hasCauseInstanceOf(HttpException.class);
        return mapped;
    }

    private static void fail(TestLoom test, RuntimeException failure) {
        LoomStreamingChatModel.of(new ScriptedStreamingModel(told -> told.onError(failure)), test.loom())
                .chat("Tell me a story", new RecordingHandler());
    }
}
