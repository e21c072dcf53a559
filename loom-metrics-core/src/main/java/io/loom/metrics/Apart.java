package io.loom.metrics;

import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.series.SeriesTable;
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

    static void succeeded(LlmEnds ends, long elapsedNanos) {
        Steps.succeeded(ends, elapsedNanos);
    }

    static void failed(LlmEnds ends, long elapsedNanos, CallEnd end) {
        Steps.failed(ends, elapsedNanos, end);
    }

    static void record(
            LlmTokens tokens,
            long promptTokens,
            long completionTokens,
            long cachedTokens,
            long cacheWriteTokens,
            long reasoningTokens) {
        Steps.record(tokens, promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens);
    }

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

    static void first(LlmStreams streams, long elapsedNanos) {
        Steps.first(streams, elapsedNanos);
    }

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

        static void succeeded(LlmEnds ends, long elapsedNanos) {
            ends.succeeded(elapsedNanos);
        }

        static void failed(LlmEnds ends, long elapsedNanos, CallEnd end) {
            ends.failed(elapsedNanos, end);
        }

        static void record(
                LlmTokens tokens,
                long promptTokens,
                long completionTokens,
                long cachedTokens,
                long cacheWriteTokens,
                long reasoningTokens) {
            tokens.record(promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens);
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

        static void first(LlmStreams streams, long elapsedNanos) {
            streams.first(elapsedNanos);
        }

        static void whole(LlmStreams streams, long elapsedNanos, long tokens) {
            streams.whole(elapsedNanos, tokens);
        }
    }
}
