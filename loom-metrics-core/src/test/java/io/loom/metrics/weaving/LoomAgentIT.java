package io.loom.metrics.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent, and the call that attaches, each in a JVM of its own that verifies all classes. */
class LoomAgentIT {
    private static final String RECORDED = "told=1 later=1.0 broken=0";
    private static final int SECONDS = 120;

    @TempDir
    Path directory;

    @Test
    void agent_ofTheCommandLine_weavesAPlainProgram() throws Exception {
        String output = run(agent(), "-cp", classPath(), AgentProgram.class.getName());

        assertThat(output).contains(RECORDED).containsOnlyOnce("not woven: " + AgentProgram.Told.class.getName());
    }

    /** As in a jar of jars: the class loader of the command line, which has the agent, does not see loom. */
    @Test
    void agent_ofTheCommandLine_weavesClassesOfALoaderOfTheirOwn() throws Exception {
        Path launcher = Files.writeString(directory.resolve("Launcher.java"), """
                import java.net.URL;
                import java.net.URLClassLoader;
                import java.nio.file.Path;

                public class Launcher {
                    public static void main(String[] args) throws Exception {
                        String[] path = args[0].split(java.io.File.pathSeparator);
                        URL[] urls = new URL[path.length];
                        for (int i = 0; i < path.length; i++) {
                            urls[i] = Path.of(path[i]).toUri().toURL();
                        }
                        ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
                        loader.loadClass("io.loom.metrics.weaving.AgentProgram")
                                .getMethod("main", String[].class)
                                .invoke(null, (Object) new String[0]);
                    }
                }
                """);

        String output = run(agent(), launcher.toString(), classPath());

        assertThat(output).contains(RECORDED);
    }

    @Test
    void attaching_weavesClassesThatAreLoaded_andTwiceDoesNoHarm() throws Exception {
        String output =
                run("-XX:+EnableDynamicAgentLoading", "-cp", classPath(), AgentProgram.class.getName(), "attach");

        assertThat(output).contains(RECORDED).containsOnlyOnce("not woven: " + AgentProgram.Told.class.getName());
    }

    private String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xverify:all");
        command.addAll(List.of(words));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static String agent() throws IOException {
        Path target = Path.of(System.getProperty("loom.root"), "loom-metrics-core", "target");
        try (Stream<Path> files = Files.list(target)) {
            return "-javaagent:"
                    + files.filter(file -> file.getFileName().toString().endsWith("-agent.jar"))
                            .findFirst()
                            .orElseThrow();
        }
    }

    private static String classPath() {
        return System.getProperty("java.class.path")
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }
}
