package io.loom.metrics.weaving;

import static io.loom.metrics.weaving.WeavingTest.timer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.TestLoom;
import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.aop.MeterTag;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Methods whose calls end after they returned. */
@ResourceLock(WeavingTest.BINDING)
class LaterResultsTest {
    private final TestLoom test = TestLoom.create();

    LaterResultsTest() {
        test.loom().bindAnnotations();
    }

    @AfterEach
    void close() {
        test.loom().close();
    }

    @Test
    void stage_isReturnedItself_andTimedUntilItCompletes() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        Function<CompletableFuture<String>, CompletionStage<String>> later = WovenClasses.instance(Later.class);

        CompletionStage<String> returned = later.apply(future);

        assertThat(returned).isSameAs(future);
        assertThat(test.registry().find("later").timer()).isNull();
        test.clock().add(3, TimeUnit.SECONDS);
        future.complete("done");
        assertThat(test.timer("later", "exception", "none").totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
        assertThat(counted("none", "success")).isOne();
    }

    /** A future runs what depends on it from the last to the first, and ours is the first. */
    @Test
    void stage_whoseCallerGoesOnInTheSameThread_isTimedWithThat() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        Function<CompletableFuture<String>, CompletionStage<String>> later = WovenClasses.instance(Later.class);
        CompletionStage<Void> afterwards =
                later.apply(future).thenAccept(text -> test.clock().add(2, TimeUnit.SECONDS));

        future.complete("done");

        assertThat(afterwards.toCompletableFuture()).isCompleted();
        assertThat(test.timer("later", "exception", "none").totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    @Test
    void stage_thatFails_namesTheExceptionAndNotItsWrapper() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        Function<CompletableFuture<String>, CompletionStage<String>> later = WovenClasses.instance(Later.class);
        assertThat(later.apply(first.thenApply(text -> text))).isNotSameAs(first);

        first.completeExceptionally(new IllegalStateException("no ink"));

        assertThat(test.timer("later", "exception", "IllegalStateException").count())
                .isOne();
        assertThat(counted("IllegalStateException", "failure")).isOne();
    }

    @Test
    void stage_thatIsCancelled_endsThereAndThen() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        Function<CompletableFuture<String>, CompletionStage<String>> later = WovenClasses.instance(Later.class);

        later.apply(future).toCompletableFuture().cancel(true);

        assertThat(future).isCancelled();
        assertThat(test.timer("later", "exception", "CancellationException").count())
                .isOne();
    }

    @Test
    void method_thatThrowsBeforeItHasAStage_isCounted() throws Exception {
        Function<CompletableFuture<String>, CompletionStage<String>> later = WovenClasses.instance(Later.class);

        assertThatThrownBy(() -> later.apply(null)).isInstanceOf(NullPointerException.class);

        assertThat(test.timer("later", "exception", "NullPointerException").count())
                .isOne();
        assertThat(counted("NullPointerException", "failure")).isOne();
    }

    @Test
    void stage_thatCannotBeWatched_isReturnedAndTimedAsFarAsTheMethodWent() throws Exception {
        Function<CompletableFuture<String>, CompletionStage<String>> later = WovenClasses.instance(Later.class);
        CompletableFuture<String> blind = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(
                    java.util.function.BiConsumer<? super String, ? super Throwable> action) {
                throw new UnsupportedOperationException();
            }
        };

        assertThat(later.apply(blind)).isSameAs(blind);

        assertThat(test.timer("later", "exception", "none").count()).isOne();
    }

    @Test
    void stage_withATagOfItsResult_takesTheValueAndNotTheStage() throws Exception {
        Function<CompletableFuture<String>, CompletionStage<String>> tagged = WovenClasses.instance(TaggedLater.class);
        CompletableFuture<String> future = new CompletableFuture<>();
        assertThat(tagged.apply(future)).isSameAs(future);

        future.complete("fantasy");

        assertThat(test.timer("tagged.later", "genre", "fantasy").count()).isOne();
    }

    @Test
    void mono_isTimedForEachSubscription_andNotForItsMaking() throws Exception {
        Function<Sinks.One<String>, Mono<String>> method = WovenClasses.instance(OneStory.class);
        Sinks.One<String> sink = Sinks.one();
        Mono<String> mono = method.apply(sink);
        test.clock().add(1, TimeUnit.HOURS); // nobody has asked yet
        assertThat(test.registry().find("one.story").timers()).isEmpty();

        CompletableFuture<String> reader = mono.toFuture();
        CompletableFuture<String> another = mono.toFuture();
        test.clock().add(2, TimeUnit.SECONDS);
        sink.tryEmitValue("once").orThrow();

        assertThat(reader.get(1, TimeUnit.MINUTES)).isEqualTo("once");
        assertThat(another.get(1, TimeUnit.MINUTES)).isEqualTo("once");
        assertThat(test.timer("one.story", "exception", "none").count()).isEqualTo(2);
        assertThat(test.timer("one.story", "exception", "none").totalTime(TimeUnit.SECONDS))
                .isEqualTo(4);
    }

    @Test
    void flux_thatCompletesFailsOrIsCancelled_countsAsThat() throws Exception {
        Function<Flux<String>, Flux<String>> stories = WovenClasses.instance(ManyStories.class);

        Map<String, Double> deltas = test.deltas(() -> {
            assertThat(stories.apply(Flux.just("a", "b")).collectList().block(Duration.ofMinutes(1)))
                    .containsExactly("a", "b");
            assertThatThrownBy(() -> stories.apply(Flux.error(new IllegalStateException()))
                            .blockLast(Duration.ofMinutes(1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(stories.apply(Flux.just("a", "b")).take(1).blockLast(Duration.ofMinutes(1)))
                    .isEqualTo("a");
        });

        assertThat(deltas)
                .containsOnly(
                        Map.entry(timer("many.stories", ManyStories.class, "apply", "none") + " count", 2.0),
                        Map.entry(
                                timer("many.stories", ManyStories.class, "apply", "IllegalStateException") + " count",
                                1.0),
                        Map.entry(counter("none", "success"), 1.0),
                        Map.entry(counter("none", "cancelled"), 1.0),
                        Map.entry(counter("IllegalStateException", "failure"), 1.0));
    }

    @Test
    void publisher_methodThatThrows_isCounted() throws Exception {
        Function<Sinks.One<String>, Mono<String>> method = WovenClasses.instance(OneStory.class);

        assertThatThrownBy(() -> method.apply(null)).isInstanceOf(NullPointerException.class);

        assertThat(test.timer("one.story", "exception", "NullPointerException").count())
                .isOne();
    }

    private static String counter(String exception, String result) {
        return WeavingTest.counter("many.stories.asked", ManyStories.class, "apply", exception, result);
    }

    private double counted(String exception, String result) {
        return test.count("later.counted", "exception", exception, "result", result);
    }

    static class Later implements Function<CompletableFuture<String>, CompletionStage<String>> {
        @Override
        @Timed("later")
        @Counted("later.counted")
        public CompletionStage<String> apply(CompletableFuture<String> future) {
            assertThat(future.isDone()).isFalse();
            return future;
        }
    }

    static class TaggedLater implements Function<CompletableFuture<String>, CompletionStage<String>> {
        @Override
        @Timed("tagged.later")
        @MeterTag("genre")
        public CompletionStage<String> apply(CompletableFuture<String> future) {
            return future;
        }
    }

    static class OneStory implements Function<Sinks.One<String>, Mono<String>> {
        @Override
        @Timed("one.story")
        public Mono<String> apply(Sinks.One<String> sink) {
            return sink.asMono();
        }
    }

    static class ManyStories implements Function<Flux<String>, Flux<String>> {
        @Override
        @Timed("many.stories")
        @Counted("many.stories.asked")
        public Flux<String> apply(Flux<String> stories) {
            return stories;
        }
    }
}
