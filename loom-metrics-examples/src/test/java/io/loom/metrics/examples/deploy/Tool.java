package io.loom.metrics.examples.deploy;

import io.loom.metrics.examples.ChildProcess;
import io.loom.metrics.examples.StackProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run of a checker, to its end. */
record Tool(int exitCode, String out, String err) {
    static Tool run(Path directory, String program, String... args) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(StackProgram.require(program).toString()));
        command.addAll(List.of(args));
        try (ChildProcess process = ChildProcess.start(directory, command)) {
            return new Tool(process.exitCode(), process.out(), process.err());
        }
    }
}
