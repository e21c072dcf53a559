package io.loom.metrics.prometheus;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Calls what others wrote. Whatever it throws, checked or not, comes as one exception, so that a scrape can tell it from the
 * failure of its stream. Only a virtual machine in trouble goes through; a stack overflow is the function's own fault.
 */
final class Foreign {
    private Foreign() {}

    /**
     * {@return the value of a function}
     *
     * @throws Failed where it throws
     */
    static double value(DoubleSupplier function) {
        try {
            return function.getAsDouble();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * {@return the result of a function}
     *
     * @throws Failed where it throws
     */
    static <T> T result(Supplier<T> function) {
        try {
            return function.get();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static Failed failed(Throwable e) {
        if (e instanceof VirtualMachineError error && !(e instanceof StackOverflowError)) {
            throw error;
        }
        return new Failed(e);
    }

    /** A foreign function failed. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Failed(Throwable cause) {
            super("a foreign function failed", cause, false, false);
        }
    }
}
