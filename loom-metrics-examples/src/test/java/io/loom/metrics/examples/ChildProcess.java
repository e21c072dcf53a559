package io.loom.metrics.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** A program that a test starts, and that ends with the test, whatever happens. */
public final class ChildProcess implements AutoCloseable {
    private static final int EXIT_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;
    private final Thread end;

    private ChildProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
    }

    /**
     * Starts a program.
     *
     * @param directory where its output goes
     */
    public static ChildProcess start(Path directory, List<String> command) throws IOException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")); // both add to stderr
        return new ChildProcess(
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
    }

    long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String out() throws IOException {
        return Files.readString(out);
    }

    public String err() throws IOException {
        return Files.readString(err);
    }

    /** Asks it to end, as {@code kill} does. */
    void terminate() {
        process.destroy();
    }

    /** {@return its exit code, once it has ended} */
    public int exitCode() throws InterruptedException {
        return exitCode(EXIT_SECONDS);
    }

    /**
     * {@return its exit code, once it has ended}
     *
     * @param seconds how long that may take
     */
    int exitCode(int seconds) throws InterruptedException {
        Assertions.assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                .as("the process ends within %d seconds", seconds)
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        Runtime.getRuntime().removeShutdownHook(end);
    }
}
