package io.loom.metrics.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallEndTest {
    @ParameterizedTest
    @MethodSource
    void of_exceptionClass_decidesTheType(Throwable failure, ErrorType expected) {
        assertThat(CallEnd.of(failure)).isEqualTo(new CallEnd(Outcome.ERROR, expected));
    }

    static Stream<Arguments> of_exceptionClass_decidesTheType() {
        return Stream.of(
                arguments(new TimeoutException(), ErrorType.TIMEOUT),
                arguments(new SocketTimeoutException(), ErrorType.TIMEOUT),
                arguments(new HttpTimeoutException("slow"), ErrorType.TIMEOUT),
                arguments(new HttpConnectTimeoutException("slow"), ErrorType.TIMEOUT),
                arguments(new IOException(), ErrorType.NETWORK),
                arguments(new ConnectException(), ErrorType.NETWORK),
                arguments(new UnknownHostException(), ErrorType.NETWORK),
                arguments(new SocketException(), ErrorType.NETWORK),
                arguments(new IllegalStateException(), ErrorType.OTHER),
                arguments(new Exception(), ErrorType.OTHER),
                arguments(new OutOfMemoryError(), ErrorType.OTHER));
    }

    @ParameterizedTest
    @MethodSource
    void of_cause_decidesWhereTheOuterClassSaysNothing(Throwable failure, ErrorType expected) {
        assertThat(CallEnd.of(failure)).isEqualTo(new CallEnd(Outcome.ERROR, expected));
    }

    static Stream<Arguments> of_cause_decidesWhereTheOuterClassSaysNothing() {
        return Stream.of(
                arguments(new CompletionException(new TimeoutException()), ErrorType.TIMEOUT),
                arguments(new ExecutionException(new SocketTimeoutException()), ErrorType.TIMEOUT),
                arguments(new UncheckedIOException(new IOException()), ErrorType.NETWORK),
                arguments(
                        new IllegalStateException(new CompletionException(new ConnectException())), ErrorType.NETWORK),
                arguments(new RuntimeException(new IllegalStateException()), ErrorType.OTHER));
    }

    @ParameterizedTest
    @MethodSource
    void of_cancellationOrInterrupt_isCancelledAndNoError(Throwable failure) {
        assertThat(CallEnd.of(failure)).isSameAs(CallEnd.CANCELLED);
        assertThat(CallEnd.CANCELLED).isEqualTo(new CallEnd(Outcome.CANCELLED, null));
    }

    static Stream<Throwable> of_cancellationOrInterrupt_isCancelledAndNoError() {
        return Stream.of(
                new CancellationException(),
                new InterruptedException(),
                new RuntimeException(new InterruptedException()),
                new CompletionException(new CancellationException()));
    }

    @Test
    void of_message_decidesNothing() {
        Throwable failure = new RuntimeException("java.net.SocketTimeoutException: 429 rate limit, request cancelled");

        assertThat(CallEnd.of(failure)).isEqualTo(new CallEnd(Outcome.ERROR, ErrorType.OTHER));
    }

    @Test
    void of_causesInACircle_ends() {
        Exception one = new Exception();
        Exception two = new Exception(one);
        one.initCause(two);

        assertThat(CallEnd.of(one)).isEqualTo(new CallEnd(Outcome.ERROR, ErrorType.OTHER));
    }

    @Test
    void of_sixteenthInTheChain_isTheLastThatDecides() {
        assertThat(CallEnd.of(wrapped(new IOException(), 15)).errorType()).isEqualTo(ErrorType.NETWORK);
        assertThat(CallEnd.of(wrapped(new IOException(), 16)).errorType()).isEqualTo(ErrorType.OTHER);
    }

    private static Throwable wrapped(Throwable innermost, int times) {
        Throwable failure = innermost;
        for (int i = 0; i < times; i++) {
            failure = new RuntimeException(failure);
        }
        return failure;
    }
}
