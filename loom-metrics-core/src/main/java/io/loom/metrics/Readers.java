package io.loom.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The meters that read this instance's state when they are scraped: they go when it is closed. Thread-safe; never throws. */
final class Readers {
    private final MeterRegistry registry;
    private final BiConsumer<String, Throwable> onRefusal;
    private final Queue<Meter> registered = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** {@code onRefusal} gets the name of a meter that is not registered, and why. */
    Readers(MeterRegistry registry, BiConsumer<String, Throwable> onRefusal) {
        this.registry = registry;
        this.onRefusal = onRefusal;
    }

    /** Registers a meter, unless this is closed. Where the stack or the memory ends, {@link #addLate} tries again. */
    void add(String meterName, Supplier<Meter> register) {
        if (closed) {
            return;
        }
        try {
            registered.add(OwnRegistration.run(register));
        } catch (VirtualMachineError e) {
            late.add(() -> add(meterName, register));
            onRefusal.accept(meterName, e);
        } catch (Throwable e) { // a filter's own
            onRefusal.accept(meterName, e);
        }
    }

    /** Registers one of the meters that could not be registered before, if there is one. Nobody records to them, who would ask. */
    void addLate() {
        Runnable again = late.poll();
        if (again != null) {
            again.run();
        }
    }

    /** Removes all that were added; nothing reads the state from now on. */
    void close() {
        closed = true;
        for (Meter reader = registered.poll(); reader != null; reader = registered.poll()) {
            registry.remove(reader);
        }
    }
}
