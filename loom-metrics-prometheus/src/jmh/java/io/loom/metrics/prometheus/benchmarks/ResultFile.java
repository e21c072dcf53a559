package io.loom.metrics.prometheus.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The results of a run: where and how it was made, and JMH's own objects, each with its {@code round}. The file on disk is
 * always whole: an interrupted run keeps what was finished.
 */
final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final ObjectNode content;
    private final ArrayNode results;

    private ResultFile(Path file, ObjectNode content) {
        this.file = file;
        this.content = content;
        this.results = content.putArray("results");
    }

    /** {@return a file without results; it replaces an older one as soon as there is the first} */
    static ResultFile create(Path file, String... words) throws IOException {
        ObjectNode content = JSON.createObjectNode();
        content.put("machine", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        content.put("jdk", System.getProperty("java.vm.name") + ' ' + Runtime.version());
        content.put("commit", commit());
        content.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        content.put(
                "command",
                String.join(
                        " ",
                        Stream.concat(Stream.of("Benchmarks"), Stream.of(words).map(ResultFile::withoutDirectory))
                                .toList()));
        return new ResultFile(file, content);
    }

    /** Adds results and writes the file. */
    void append(int round, Collection<RunResult> finished) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(finished);
        }
        for (JsonNode result : JSON.readTree(text.toByteArray())) {
            ObjectNode kept = result.deepCopy();
            kept.remove("jvm"); // a path of this machine
            withoutPercentiles((ObjectNode) kept.path("primaryMetric"));
            ObjectNode more = (ObjectNode) kept.path("secondaryMetrics");
            more.retain(
                    "gc.alloc.rate.norm", "pageBytes", "alone", "beside", "besideAnother", "scrape", "scrapeOfAnother");
            more.forEach(metric -> withoutPercentiles((ObjectNode) metric));
            results.add(kept.put("round", round));
        }
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        JSON.writeValue(beside.toFile(), content);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of three iterations there are none worth keeping. */
    private static void withoutPercentiles(ObjectNode metric) {
        metric.remove("scorePercentiles");
    }

    /** Where the user keeps files is nobody's business. */
    private static String withoutDirectory(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    private static String processor() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpus)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(cpus)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude", "*")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return commit.isEmpty() ? "unknown" : commit;
        } catch (IOException e) {
            return "unknown"; // no git here
        }
    }
}
