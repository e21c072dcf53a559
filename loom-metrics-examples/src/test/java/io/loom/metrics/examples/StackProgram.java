package io.loom.metrics.examples;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A program of the monitoring stack. Tests that need one are skipped where it is missing, unless LOOM_STACK=required. */
public final class StackProgram {
    private StackProgram() {}

    /** {@return where the program is} */
    public static Path require(String name) {
        Optional<Path> found = find(name);
        if (found.isEmpty() && "required".equals(System.getenv("LOOM_STACK"))) {
            throw new AssertionError(name + " is not installed, but LOOM_STACK is \"required\"");
        }
        return found.orElseGet(() -> Assumptions.abort(name + " is not installed: this test needs it on the PATH"));
    }

    /** {@return where the program is, if it is installed} */
    static Optional<Path> find(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
