package io.loom.metrics.woven;

import io.loom.metrics.annotation.AnnotationRules;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One woven method. Its code gets this object as a constant, tells it when a call begins and ends, and does nothing else.
 *
 * <p>Thread-safe. What is thrown here, the advice keeps from the method. A call takes no lock, apart from the first of its kind.
 * One that returns allocates nothing, unless the method has a long task or tags of its own, or what it returns ends later.
 *
 * <pre>
 *   method ──constant──► WovenMethod ──► MethodMeters ──► Timer, Counter     found again when another host is bound
 *                            │
 *                            └── Host: one for all, null while nothing is bound
 * </pre>
 */
public final class WovenMethod {
    /** Instead of a time: the call is not metered. Advice that fails to begin leaves it, too. */
    private static final long UNMETERED = 0;

    private static final Logger log = LoggerFactory.getLogger(WovenMethod.class);
    private static final AtomicReference<@Nullable Host> HOST = new AtomicReference<>();

    private final MethodDefinition definition;
    private final AtomicReference<@Nullable MethodMeters> meters = new AtomicReference<>();
    private final AtomicBoolean failed = new AtomicBoolean();

    private WovenMethod(MethodDefinition definition) {
        this.definition = definition;
    }

    /** Has all woven methods record to {@code host}, in place of the one that was bound before. */
    public static void bind(Host host) {
        HOST.set(host);
    }

    /** Has no woven method record any more, where {@code host} is the one that is bound. */
    public static void unbind(Host host) {
        HOST.compareAndSet(host, null);
    }

    /**
     * Links the constant of one method.
     *
     * @param caller the class that declares the method
     * @param name not used
     * @param type of the constant
     * @param method the method's name
     * @param descriptor the method's descriptor, as in the class file
     */
    public static CallSite bootstrap(
            MethodHandles.Lookup caller, String name, MethodType type, String method, String descriptor) {
        WovenMethod woven = new WovenMethod(definition(caller, method, descriptor));
        return new ConstantCallSite(
                MethodHandles.constant(WovenMethod.class, woven).asType(type));
    }

    private static MethodDefinition definition(MethodHandles.Lookup caller, String method, String descriptor) {
        String owner = caller.lookupClass().getName();
        MethodDefinition definition;
        try {
            definition = DefinitionReader.read(caller, method, descriptor);
        } catch (VirtualMachineError e) {
            throw e; // the next call links it
        } catch (Throwable e) { // a class of some signature is missing, or a resolver cannot be made
            log.warn("{}.{}: its annotations could not be read, so it is not metered", owner, method, e);
            return MethodDefinition.unmetered(owner, method);
        }
        List<String> problems = AnnotationRules.problems(definition.annotations());
        for (String problem : problems) {
            log.warn("{}: not metered: {}", definition.fullName(), problem);
        }
        return problems.isEmpty() ? definition : MethodDefinition.unmetered(owner, method);
    }

    /** {@return where a call is to be recorded, whatever is bound until it ends; null for nowhere} */
    @SuppressWarnings("ReferenceEquality") // which host it is, is the question
    public @Nullable Object meters() {
        MethodMeters known = meters.get();
        Host host = HOST.get();
        if (known == null ? host == null : known.host() == host) {
            return known;
        }
        return found(known, host);
    }

    /**
     * {@return when a call begins}
     *
     * @param meters what {@link #meters} gave
     */
    public static long start(@Nullable Object meters) {
        return meters instanceof MethodMeters begun ? marked(begun.now()) : UNMETERED;
    }

    /**
     * Ends a call that returned, or threw.
     *
     * @param meters what {@link #meters} gave
     * @param start what {@link #start} gave
     */
    public static void end(Object meters, long start, @Nullable Throwable thrown) {
        if (start != UNMETERED && meters instanceof MethodMeters begun) {
            begun.ended(start, thrown);
        }
    }

    /** {@return a call that needs more than its times, to be given to one of the ends; null if it is not metered} */
    public @Nullable Object begin() {
        return call();
    }

    /**
     * Ends a call where it returned no stage; else it ends with the stage.
     *
     * @param call what {@link #begin} gave
     * @param arguments those of the call where its tags need them, else null
     */
    public static void end(
            @Nullable Object call,
            @Nullable Object @Nullable [] arguments,
            @Nullable Object returned,
            @Nullable Throwable thrown) {
        if (!(call instanceof WovenCall begun)) {
            return;
        }
        if (thrown != null) {
            begun.end(Outcome.failure(thrown), arguments, null);
        } else if (returned instanceof CompletionStage<?> stage && begun.returnsStage()) {
            begun.endWith(stage, arguments);
        } else {
            begun.end(Outcome.SUCCESS, arguments, returned);
        }
    }

    /**
     * {@return what the method is to return in place of the {@code Mono} or {@code Flux} that it made: one whose subscriptions are
     * metered each} A call that gave none ends here.
     *
     * @param call what {@link #begin} gave
     */
    public @Nullable Object watched(
            @Nullable Object call,
            @Nullable Object[] arguments,
            @Nullable Object returned,
            @Nullable Throwable thrown) {
        if (thrown != null || returned == null) {
            end(call, arguments, returned, thrown);
            return returned;
        }
        if (call instanceof WovenCall begun) {
            begun.abandon();
        }
        try {
            return Publishers.watched(this, arguments, returned);
        } catch (Throwable e) {
            failed(e);
            return returned;
        }
    }

    @Nullable
    WovenCall call() {
        try {
            return meters() instanceof MethodMeters now ? new WovenCall(this, now) : null;
        } catch (Throwable e) { // a registry's own
            failed(e);
            return null;
        }
    }

    boolean returnsStage() {
        return definition.returnsStage();
    }

    void failed(Throwable cause) {
        if (failed.compareAndSet(false, true)) {
            log.warn("{}: a call could not be recorded. This is logged once.", definition.fullName(), cause);
        }
    }

    private @Nullable MethodMeters found(@Nullable MethodMeters known, @Nullable Host host) {
        if (host != null && host.isRegistering()) { // a filter of the registry that calls woven methods
            return null;
        }
        MethodMeters fresh =
                host == null || definition.annotations().isEmpty() ? null : new MethodMeters(this, host, definition);
        return meters.compareAndSet(known, fresh) ? fresh : meters.get();
    }

    private static long marked(long time) {
        return time == UNMETERED ? time + 1 : time;
    }
}
