package io.loom.metrics;

import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.series.SeriesTable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The long part of what handles do, compiled apart from them. A handle that stays in its method takes no memory if HotSpot inlines
 * all that it is passed to. HotSpot inlines nothing that it compiled by itself before to more than 2,500 bytes of code, and that is
 * what an end takes, along with all that it records. So the long part is kept out of the handle's methods, and is not passed the
 * handle.
 *
 * <p>Java has no way to ask for that. But HotSpot's compiler C2 takes a method of a {@link Throwable} for a rare one, and inlines
 * it into nothing but its direct caller, where that is what it compiles. So each is called by a method of its own here, which is not
 * passed a handle either. Where another compiler inlines them all the same, nothing is lost but that.
 */
final class Apart {
    private Apart() {}

    /** Looks a series up, as {@link SeriesTable#getByLast}. */
    static <S> S find(SeriesTable<S> table, @Nullable String method, @Nullable String endpoint) {
        return Steps.find(table, method, endpoint);
    }

    /** Looks a series up, as {@link SeriesTable#get(String)}. */
    static <S> S find(SeriesTable<S> table, @Nullable String value) {
        return Steps.find(table, value);
    }

    /** Ends a request, under {@code endpoint} if that is not null. */
    static void end(HttpSeries series, @Nullable String endpoint, int status, long elapsedNanos) {
        Steps.end(series, endpoint, status, elapsedNanos);
    }

    static CallEnd classify(LlmMeters family, @Nullable Throwable failure) {
        return Steps.classify(family, failure);
    }

    static CallEnd classify(
            LlmMeters family,
            @Nullable Throwable failure,
            Function<? super Throwable, ? extends @Nullable ErrorType> alsoKnown) {
        return Steps.classify(family, failure, alsoKnown);
    }

    /** Ends an attempt that does not say what it used. */
    static void succeeded(LlmEnds ends, LlmTokens tokens, long elapsedNanos) {
        Steps.succeeded(ends, tokens, elapsedNanos);
    }

    static void succeeded(
            LlmEnds ends,
            LlmTokens tokens,
            long elapsedNanos,
            long promptTokens,
            long completionTokens,
            long cachedTokens,
            long cacheWriteTokens,
            long reasoningTokens) {
        Steps.succeeded(
                ends,
                tokens,
                elapsedNanos,
                promptTokens,
                completionTokens,
                cachedTokens,
                cacheWriteTokens,
                reasoningTokens);
    }

    static void failed(LlmEnds ends, long elapsedNanos, CallEnd end) {
        Steps.failed(ends, elapsedNanos, end);
    }

    /** Ends an attempt that led to nothing, and may have used something all the same. */
    static void wasted(LlmMeter meter, long elapsedNanos, CallEnd how, @Nullable Usage used) {
        Steps.wasted(meter, elapsedNanos, how, used);
    }

    /** Ends a stream that led to nothing. */
    static void brokeOff(
            LlmMeter meter, CallEnd how, int startTick, boolean begun, int lastTick, @Nullable Usage used) {
        Steps.brokeOff(meter, how, startTick, begun, lastTick, used);
    }

    static void generated(NarrativeSeries series, long words, long elapsedNanos) {
        Steps.generated(series, words, elapsedNanos);
    }

    static void truncated(NarrativeSeries series, long words, long elapsedNanos) {
        Steps.truncated(series, words, elapsedNanos);
    }

    static void failed(NarrativeSeries series, @Nullable ErrorType type) {
        Steps.failed(series, type);
    }

    static void rejected(NarrativeSeries series) {
        Steps.rejected(series);
    }

    /** Records the time to the first token of a stream. */
    static void first(LlmStreams streams, long elapsedNanos) {
        Steps.first(streams, elapsedNanos);
    }

    /** Records the pace of a stream. */
    static void whole(LlmStreams streams, long elapsedNanos, long tokens) {
        Steps.whole(streams, elapsedNanos, tokens);
    }

    /** Nobody makes one: see {@link Apart}. */
    @SuppressWarnings("serial")
    private static final class Steps extends Throwable {
        private Steps() {}

        static <S> S find(SeriesTable<S> table, @Nullable String method, @Nullable String endpoint) {
            return table.getByLast(method, endpoint);
        }

        static <S> S find(SeriesTable<S> table, @Nullable String value) {
            return table.get(value);
        }

        static void end(HttpSeries series, @Nullable String endpoint, int status, long elapsedNanos) {
            if (endpoint == null) {
                series.end(status, elapsedNanos);
            } else {
                series.end(endpoint, status, elapsedNanos);
            }
        }

        static CallEnd classify(LlmMeters family, @Nullable Throwable failure) {
            return family.classify(failure);
        }

        static CallEnd classify(
                LlmMeters family,
                @Nullable Throwable failure,
                Function<? super Throwable, ? extends @Nullable ErrorType> alsoKnown) {
            return family.classify(failure, alsoKnown);
        }

        static void succeeded(LlmEnds ends, LlmTokens tokens, long elapsedNanos) {
            ends.succeeded(elapsedNanos);
            tokens.missing();
        }

        static void succeeded(
                LlmEnds ends,
                LlmTokens tokens,
                long elapsedNanos,
                long promptTokens,
                long completionTokens,
                long cachedTokens,
                long cacheWriteTokens,
                long reasoningTokens) {
            ends.succeeded(elapsedNanos);
            tokens.record(promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens);
        }

        static void failed(LlmEnds ends, long elapsedNanos, CallEnd end) {
            ends.failed(elapsedNanos, end);
        }

        static void wasted(LlmMeter meter, long elapsedNanos, CallEnd how, @Nullable Usage used) {
            meter.failed(elapsedNanos, how);
            meter.wasted(used, how.errorType() == null);
        }

        static void brokeOff(
                LlmMeter meter, CallEnd how, int startTick, boolean begun, int lastTick, @Nullable Usage used) {
            LlmStream.brokeOff(meter, how, startTick, begun, lastTick, used);
        }

        static void generated(NarrativeSeries series, long words, long elapsedNanos) {
            series.generated(words);
            series.timed(elapsedNanos);
        }

        static void truncated(NarrativeSeries series, long words, long elapsedNanos) {
            series.truncated(words);
            series.timed(elapsedNanos);
        }

        static void failed(NarrativeSeries series, @Nullable ErrorType type) {
            series.failed(type);
        }

        static void rejected(NarrativeSeries series) {
            series.rejected();
        }

        static void first(LlmStreams streams, long elapsedNanos) {
            streams.first(elapsedNanos);
        }

        static void whole(LlmStreams streams, long elapsedNanos, long tokens) {
            streams.whole(elapsedNanos, tokens);
        }
    }
}
