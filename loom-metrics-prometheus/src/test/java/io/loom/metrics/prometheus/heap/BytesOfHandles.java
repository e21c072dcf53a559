package io.loom.metrics.prometheus.heap;

import com.sun.management.ThreadMXBean;
import io.loom.metrics.HttpRequest;
import io.loom.metrics.LlmCall;
import io.loom.metrics.LlmStream;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Narrative;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Prints what handles take that stay in their method. The work between is too varied to be inlined, so it may throw for all that is known. */
final class BytesOfHandles {
    static final int KINDS = 13;

    private static final LoomMetrics LOOM = LoomMetrics.of(new LoomPrometheusRegistry());
    private static final Usage USAGE = Usage.of(120, 300);

    @SuppressWarnings("StaticAssignmentOfThrowable") // a new one would be counted
    private static final IllegalStateException FAILURE = new IllegalStateException();

    private static final int SERVER_ERROR = 500;
    private static final int SELDOM = 64;
    /** For what is caught: where that is rare, HotSpot inlines no method of a handle that the user's own code calls there. */
    private static final int OFTEN = 4;

    private static final int MOST_PARTS = 5;
    private static final int ENDED_ELSEWHERE = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 100_000;
    private static final int ROUNDS = 50;

    private static final List<IntSupplier> SOUND = List.of(() -> 200, () -> 201, () -> 404, () -> 503);

    private static int turn;

    private BytesOfHandles() {}

    /** Takes anything where handles have been ended by other threads before: the compiler then knows that this happens. */
    public static void main(String... afterRivals) {
        if (afterRivals.length > 0) {
            endElsewhere(() -> LOOM.http().start("GET", "/stories/{id}"));
            endElsewhere(() -> LOOM.llm("openai", "gpt-4").start());
            endElsewhere(() -> LOOM.llm("openai", "gpt-4").stream());
            endElsewhere(() -> LOOM.narratives().start("fantasy"));
        }
        print("http request", () -> request(sound()));
        print("llm call", () -> call(sound()));
        print("llm stream", () -> stream(sound()));
        print("llm stream with parts", () -> streamOfParts(sound()));
        print("narrative", () -> narrative(sound()));
        print("http request that fails at times", () -> failing(() -> request(unsound(SELDOM))));
        print("llm call that fails at times", () -> failing(() -> call(unsound(SELDOM))));
        print("llm stream that fails at times", () -> failing(() -> streamOfParts(unsound(SELDOM))));
        print("narrative that fails at times", () -> failing(() -> narrative(unsound(SELDOM))));
        print("llm call with a reason", () -> callWithReason(sound()));
        print("llm call that is caught", () -> caughtCall(unsound(OFTEN)));
        print("llm stream that is caught", () -> caughtStream(unsound(OFTEN)));
        print("narrative that is rejected", () -> rejected(sound()));
    }

    private static void request(IntSupplier work) {
        try (HttpRequest request = LOOM.http().start("GET", "/stories/{id}")) {
            request.status(work.getAsInt());
        }
    }

    private static void call(IntSupplier work) {
        try (LlmCall call = LOOM.llm("openai", "gpt-4").start()) {
            if (work.getAsInt() < SERVER_ERROR) {
                call.succeed(USAGE);
            }
        }
    }

    private static void callWithReason(IntSupplier work) {
        try (LlmCall call = LOOM.llm("openai", "gpt-4").start()) {
            call.succeed(USAGE, work.getAsInt() < SERVER_ERROR ? FinishReason.STOP : FinishReason.LENGTH);
        }
    }

    private static void caughtCall(IntSupplier work) {
        try (LlmCall call = LOOM.llm("openai", "gpt-4").start()) {
            try {
                if (work.getAsInt() < SERVER_ERROR) {
                    call.succeed(USAGE);
                }
            } catch (IllegalStateException e) {
                call.fail(e);
            }
        }
    }

    private static void caughtStream(IntSupplier work) {
        try (LlmStream stream = LOOM.llm("openai", "gpt-4").stream()) {
            try {
                stream.chunk();
                if (work.getAsInt() < SERVER_ERROR) {
                    stream.succeed(USAGE);
                }
            } catch (IllegalStateException e) {
                stream.fail(e);
            }
        }
    }

    private static void rejected(IntSupplier work) {
        try (Narrative narrative = LOOM.narratives().start("fantasy")) {
            if (work.getAsInt() < SERVER_ERROR) {
                narrative.truncated(1);
            } else {
                narrative.rejected();
            }
        }
    }

    private static void stream(IntSupplier work) {
        try (LlmStream stream = LOOM.llm("openai", "gpt-4").stream()) {
            if (work.getAsInt() < SERVER_ERROR) {
                stream.succeed(USAGE);
            }
        }
    }

    private static void streamOfParts(IntSupplier work) {
        try (LlmStream stream = LOOM.llm("openai", "gpt-4").stream()) {
            for (int parts = turn % MOST_PARTS; parts > 0; parts--) {
                stream.chunk();
            }
            if (work.getAsInt() < SERVER_ERROR) {
                stream.succeed(USAGE);
            }
        }
    }

    private static void narrative(IntSupplier work) {
        try (Narrative narrative = LOOM.narratives().start("fantasy")) {
            narrative.generated(work.getAsInt());
        }
    }

    private static IntSupplier sound() {
        return SOUND.get(++turn % SOUND.size());
    }

    private static IntSupplier unsound(int oneIn) {
        IntSupplier work = sound();
        return turn % oneIn == 0 ? BytesOfHandles::fail : work;
    }

    private static int fail() {
        throw FAILURE;
    }

    private static void failing(Runnable work) {
        try {
            work.run();
        } catch (IllegalStateException expected) {
            turn++;
        }
    }

    private static void endElsewhere(Supplier<? extends AutoCloseable> starting) {
        List<? extends AutoCloseable> handles =
                Stream.generate(starting).limit(ENDED_ELSEWHERE).toList();
        CompletableFuture.runAsync(() -> handles.forEach(BytesOfHandles::close)).join();
    }

    private static void close(AutoCloseable handle) {
        try {
            handle.close();
        } catch (Exception e) {
            throw new IllegalStateException("a handle threw", e);
        }
    }

    private static void print(String handle, Runnable work) {
        System.out.println(handle + ' ' + bytesOf(work));
    }

    /** {@return what 100,000 calls allocate, once the compiler is through with them} */
    private static long bytesOf(Runnable work) {
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && bytes > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                work.run();
            }
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes;
    }
}
