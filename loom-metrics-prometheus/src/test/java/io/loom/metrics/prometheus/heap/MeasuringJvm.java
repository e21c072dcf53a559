package io.loom.metrics.prometheus.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for a program that measures the heap: other tests would be measured with it. */
final class MeasuringJvm {
    private MeasuringJvm() {}

    /** {@return the numbers that a program prints, by what stands before them} */
    static Map<String, Long> run(Class<?> program, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            return parse(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, Long> parse(String output) {
        Map<String, Long> bytes = new TreeMap<>();
        output.lines().forEach(line -> {
            int space = line.lastIndexOf(' ');
            bytes.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
        });
        return bytes;
    }
}
