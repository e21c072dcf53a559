package io.loom.metrics.binder;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** A method that a later JDK has, and the one that we compile for has not. */
final class LaterMethod {
    private final String name;
    private final @Nullable MethodHandle handle;

    private LaterMethod(String name, @Nullable MethodHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    static LaterMethod of(Class<?> type, String name, Class<?> result, Class<?>... parameters) {
        MethodType shape = MethodType.methodType(result, parameters);
        try {
            return new LaterMethod(name, MethodHandles.publicLookup().findVirtual(type, name, shape));
        } catch (ReflectiveOperationException e) {
            return new LaterMethod(name, null);
        }
    }

    /**
     * Calls it. What it throws that is unchecked goes through.
     *
     * @throws UnsupportedOperationException where this JDK does not have it
     * @throws InterruptedException where it does
     */
    Object call(Object receiver, Object... arguments) throws InterruptedException {
        if (handle == null) {
            throw new UnsupportedOperationException(name + " needs a later JDK");
        }
        try {
            return handle.bindTo(receiver).invokeWithArguments(arguments);
        } catch (RuntimeException | Error | InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // none of them declares another
        }
    }
}
