package io.loom.metrics.llm;

import static io.loom.metrics.llm.ErrorType.AUTH;
import static io.loom.metrics.llm.ErrorType.CIRCUIT_OPEN;
import static io.loom.metrics.llm.ErrorType.CONTENT_FILTERED;
import static io.loom.metrics.llm.ErrorType.CONTEXT_LENGTH;
import static io.loom.metrics.llm.ErrorType.INVALID_REQUEST;
import static io.loom.metrics.llm.ErrorType.INVALID_RESPONSE;
import static io.loom.metrics.llm.ErrorType.MODEL_NOT_FOUND;
import static io.loom.metrics.llm.ErrorType.NETWORK;
import static io.loom.metrics.llm.ErrorType.OTHER;
import static io.loom.metrics.llm.ErrorType.OVERLOADED;
import static io.loom.metrics.llm.ErrorType.QUOTA_EXHAUSTED;
import static io.loom.metrics.llm.ErrorType.RATE_LIMIT;
import static io.loom.metrics.llm.ErrorType.SERVER_ERROR;
import static io.loom.metrics.llm.ErrorType.STREAM_INTERRUPTED;
import static io.loom.metrics.llm.ErrorType.TIMEOUT;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What providers and libraries call their errors. Codes come from the field {@code code}, {@code type} or {@code status} of an
 * error's JSON, exceptions from their class; free text never decides.
 */
final class ErrorTable {
    /** In lower case. Where providers share a word, they mean the same. */
    private static final Map<String, ErrorType> BY_CODE = Map.ofEntries(
            // OpenAI, and those that speak its protocol
            Map.entry("rate_limit_exceeded", RATE_LIMIT),
            Map.entry("requests", RATE_LIMIT),
            Map.entry("tokens", RATE_LIMIT),
            Map.entry("insufficient_quota", QUOTA_EXHAUSTED),
            Map.entry("billing_hard_limit_reached", QUOTA_EXHAUSTED),
            Map.entry("billing_not_active", QUOTA_EXHAUSTED),
            Map.entry("invalid_api_key", AUTH),
            Map.entry("account_deactivated", AUTH),
            Map.entry("unsupported_country_region_territory", AUTH),
            Map.entry("context_length_exceeded", CONTEXT_LENGTH),
            Map.entry("string_above_max_length", CONTEXT_LENGTH),
            Map.entry("content_filter", CONTENT_FILTERED),
            Map.entry("content_policy_violation", CONTENT_FILTERED),
            Map.entry("model_not_found", MODEL_NOT_FOUND),
            Map.entry("server_error", SERVER_ERROR),
            // Azure
            Map.entry("deploymentnotfound", MODEL_NOT_FOUND),
            Map.entry("responsibleaipolicyviolation", CONTENT_FILTERED),
            // Anthropic
            Map.entry("rate_limit_error", RATE_LIMIT),
            Map.entry("overloaded_error", OVERLOADED),
            Map.entry("authentication_error", AUTH),
            Map.entry("permission_error", AUTH),
            Map.entry("billing_error", QUOTA_EXHAUSTED),
            Map.entry("invalid_request_error", INVALID_REQUEST),
            Map.entry("request_too_large", CONTEXT_LENGTH),
            Map.entry("not_found_error", MODEL_NOT_FOUND),
            Map.entry("timeout_error", TIMEOUT),
            Map.entry("api_error", SERVER_ERROR),
            // Google
            Map.entry("resource_exhausted", RATE_LIMIT),
            Map.entry("unavailable", OVERLOADED),
            Map.entry("deadline_exceeded", TIMEOUT),
            Map.entry("unauthenticated", AUTH),
            Map.entry("permission_denied", AUTH),
            Map.entry("invalid_argument", INVALID_REQUEST),
            Map.entry("failed_precondition", INVALID_REQUEST),
            Map.entry("not_found", MODEL_NOT_FOUND),
            Map.entry("internal", SERVER_ERROR),
            // Bedrock
            Map.entry("throttlingexception", RATE_LIMIT),
            Map.entry("servicequotaexceededexception", QUOTA_EXHAUSTED),
            Map.entry("accessdeniedexception", AUTH),
            Map.entry("validationexception", INVALID_REQUEST),
            Map.entry("resourcenotfoundexception", MODEL_NOT_FOUND),
            Map.entry("modelnotreadyexception", OVERLOADED),
            Map.entry("serviceunavailableexception", OVERLOADED),
            Map.entry("modeltimeoutexception", TIMEOUT),
            Map.entry("modelerrorexception", SERVER_ERROR),
            Map.entry("internalserverexception", SERVER_ERROR),
            Map.entry("modelstreamerrorexception", STREAM_INTERRUPTED));

    /** By name, so that none of the libraries is needed. A class counts for its sub-classes, too. */
    private static final Map<String, ErrorType> BY_CLASS = Map.ofEntries(
            Map.entry("java.util.concurrent.TimeoutException", TIMEOUT),
            Map.entry("java.net.http.HttpTimeoutException", TIMEOUT),
            // HTTP clients throw it plain where their own limit ends a call
            Map.entry("java.io.InterruptedIOException", TIMEOUT),
            Map.entry("java.io.IOException", NETWORK),
            Map.entry("java.nio.channels.UnresolvedAddressException", NETWORK),
            Map.entry("io.netty.handler.timeout.TimeoutException", TIMEOUT),
            Map.entry("io.netty.channel.ConnectTimeoutException", TIMEOUT),
            Map.entry("dev.langchain4j.exception.AuthenticationException", AUTH),
            Map.entry("dev.langchain4j.exception.ContentFilteredException", CONTENT_FILTERED),
            Map.entry("dev.langchain4j.exception.InternalServerException", SERVER_ERROR),
            Map.entry("dev.langchain4j.exception.InvalidRequestException", INVALID_REQUEST),
            Map.entry("dev.langchain4j.exception.UnsupportedFeatureException", INVALID_REQUEST),
            Map.entry("dev.langchain4j.exception.ModelNotFoundException", MODEL_NOT_FOUND),
            Map.entry("dev.langchain4j.exception.RateLimitException", RATE_LIMIT),
            Map.entry("dev.langchain4j.exception.TimeoutException", TIMEOUT),
            Map.entry("dev.langchain4j.exception.UnresolvedModelServerException", NETWORK),
            Map.entry("dev.langchain4j.exception.JsonParsingException", INVALID_RESPONSE),
            Map.entry("dev.langchain4j.exception.OutputParsingException", INVALID_RESPONSE),
            Map.entry("dev.langchain4j.service.output.OutputParsingException", INVALID_RESPONSE),
            // Spring's clients, where the class stands for one status
            Map.entry("org.springframework.web.client.ResourceAccessException", NETWORK),
            Map.entry("org.springframework.web.client.HttpClientErrorException$BadRequest", INVALID_REQUEST),
            Map.entry("org.springframework.web.client.HttpClientErrorException$UnprocessableContent", INVALID_REQUEST),
            Map.entry("org.springframework.web.client.HttpClientErrorException$Unauthorized", AUTH),
            Map.entry("org.springframework.web.client.HttpClientErrorException$Forbidden", AUTH),
            Map.entry("org.springframework.web.client.HttpClientErrorException$NotFound", MODEL_NOT_FOUND),
            Map.entry("org.springframework.web.client.HttpClientErrorException$TooManyRequests", RATE_LIMIT),
            Map.entry("org.springframework.web.client.HttpServerErrorException", SERVER_ERROR),
            Map.entry("org.springframework.web.client.HttpServerErrorException$ServiceUnavailable", OVERLOADED),
            Map.entry("org.springframework.web.client.HttpServerErrorException$GatewayTimeout", TIMEOUT),
            Map.entry("org.springframework.web.reactive.function.client.WebClientRequestException", NETWORK),
            Map.entry(
                    "org.springframework.web.reactive.function.client.WebClientResponseException$BadRequest",
                    INVALID_REQUEST),
            Map.entry(
                    "org.springframework.web.reactive.function.client.WebClientResponseException$UnprocessableContent",
                    INVALID_REQUEST),
            Map.entry("org.springframework.web.reactive.function.client.WebClientResponseException$Unauthorized", AUTH),
            Map.entry("org.springframework.web.reactive.function.client.WebClientResponseException$Forbidden", AUTH),
            Map.entry(
                    "org.springframework.web.reactive.function.client.WebClientResponseException$NotFound",
                    MODEL_NOT_FOUND),
            Map.entry(
                    "org.springframework.web.reactive.function.client.WebClientResponseException$TooManyRequests",
                    RATE_LIMIT),
            Map.entry(
                    "org.springframework.web.reactive.function.client.WebClientResponseException$InternalServerError",
                    SERVER_ERROR),
            Map.entry(
                    "org.springframework.web.reactive.function.client.WebClientResponseException$BadGateway",
                    SERVER_ERROR),
            Map.entry(
                    "org.springframework.web.reactive.function.client.WebClientResponseException$ServiceUnavailable",
                    OVERLOADED),
            Map.entry(
                    "org.springframework.web.reactive.function.client.WebClientResponseException$GatewayTimeout",
                    TIMEOUT),
            // OpenAI's own client
            Map.entry("com.openai.errors.BadRequestException", INVALID_REQUEST),
            Map.entry("com.openai.errors.UnprocessableEntityException", INVALID_REQUEST),
            Map.entry("com.openai.errors.UnauthorizedException", AUTH),
            Map.entry("com.openai.errors.PermissionDeniedException", AUTH),
            Map.entry("com.openai.errors.NotFoundException", MODEL_NOT_FOUND),
            Map.entry("com.openai.errors.RateLimitException", RATE_LIMIT),
            Map.entry("com.openai.errors.InternalServerException", SERVER_ERROR),
            Map.entry("com.openai.errors.SseException", STREAM_INTERRUPTED),
            Map.entry("com.openai.errors.OpenAIIoException", NETWORK),
            Map.entry("com.openai.errors.OpenAIInvalidDataException", INVALID_RESPONSE),
            // Anthropic's own client
            Map.entry("com.anthropic.errors.BadRequestException", INVALID_REQUEST),
            Map.entry("com.anthropic.errors.UnprocessableEntityException", INVALID_REQUEST),
            Map.entry("com.anthropic.errors.UnauthorizedException", AUTH),
            Map.entry("com.anthropic.errors.PermissionDeniedException", AUTH),
            Map.entry("com.anthropic.errors.NotFoundException", MODEL_NOT_FOUND),
            Map.entry("com.anthropic.errors.RateLimitException", RATE_LIMIT),
            Map.entry("com.anthropic.errors.InternalServerException", SERVER_ERROR),
            Map.entry("com.anthropic.errors.SseException", STREAM_INTERRUPTED),
            Map.entry("com.anthropic.errors.AnthropicIoException", NETWORK),
            Map.entry("com.anthropic.errors.AnthropicInvalidDataException", INVALID_RESPONSE),
            Map.entry("com.fasterxml.jackson.core.JsonProcessingException", INVALID_RESPONSE),
            Map.entry("tools.jackson.core.JacksonException", INVALID_RESPONSE),
            Map.entry("com.google.gson.JsonParseException", INVALID_RESPONSE),
            Map.entry("io.github.resilience4j.circuitbreaker.CallNotPermittedException", CIRCUIT_OPEN),
            Map.entry("dev.failsafe.CircuitBreakerOpenException", CIRCUIT_OPEN));

    private static final int LEAST_ERROR = 400;
    private static final int LEAST_SERVER_ERROR = 500;
    private static final int MOST = 599;

    private ErrorTable() {}

    static @Nullable ErrorType byCode(@Nullable String code) {
        return code == null ? null : BY_CODE.get(code.toLowerCase(Locale.ROOT));
    }

    static ErrorType byStatus(int status) {
        return switch (status) {
            case 401, 403 -> AUTH;
            case 402 -> QUOTA_EXHAUSTED;
            case 404 -> MODEL_NOT_FOUND;
            case 408, 504 -> TIMEOUT;
            case 413 -> CONTEXT_LENGTH;
            case 429 -> RATE_LIMIT;
            case 503, 529 -> OVERLOADED;
            default -> byStatusClass(status);
        };
    }

    /** {@return what the exception's class, or the nearest of its super-classes, stands for} */
    static @Nullable ErrorType byClass(Class<?> exception) {
        for (Class<?> type = exception; type != null; type = type.getSuperclass()) {
            ErrorType known = BY_CLASS.get(type.getName());
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    /** {@return what the first digit of a status says} */
    static ErrorType byStatusClass(int status) {
        if (status < LEAST_ERROR || status > MOST) {
            return OTHER;
        }
        return status < LEAST_SERVER_ERROR ? INVALID_REQUEST : SERVER_ERROR;
    }
}
