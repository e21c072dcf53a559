package io.loom.metrics.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as it is delivered: the built jar, in a process of its own. */
final class ServiceProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("The narrative service is at (http://[^\\s\"]+)");

    /** A small heap, as in a container; the others let it start in half the time. */
    private static final List<String> JVM_FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final ChildProcess process;

    private ServiceProcess(ChildProcess process) {
        this.process = process;
    }

    /** Starts the jar, which may end at once. */
    static ServiceProcess start(Path directory, String... args) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path jar = Path.of(System.getProperty("loom.root"), "loom-metrics-examples", "target", "narrative-service.jar");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(args));
        return new ServiceProcess(ChildProcess.start(directory, command));
    }

    ChildProcess process() {
        return process;
    }

    /** {@return where the service says it is, as soon as it does} */
    URI awaitUri() throws Exception {
        Eventually.holds("the service says where it is", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the service has ended: " + process.err());
            }
            return ADDRESS.matcher(process.out()).find();
        });
        Matcher address = ADDRESS.matcher(process.out());
        return address.find() ? URI.create(address.group(1)) : URI.create("");
    }

    @Override
    public void close() {
        process.close();
    }
}
