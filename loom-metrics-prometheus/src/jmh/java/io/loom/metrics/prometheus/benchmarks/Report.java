package io.loom.metrics.prometheus.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Writes the results of {@link Benchmarks} into {@code benchmarks.md}, between its markers, and {@code benchmarks.svg}. */
public final class Report {
    static final String BEGIN = "<!-- results:begin -->";
    static final String END = "<!-- results:end -->";

    private Report() {}

    public static void main(String... words) throws IOException {
        try {
            if (words.length != 2) {
                throw new IllegalArgumentException(
                        "a report needs two paths: the results, and the directory with benchmarks.md");
            }
            write(Path.of(words[0]), Path.of(words[1]));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (NoSuchFileException e) {
            System.err.println("no such file: " + e.getFile());
            System.exit(2);
        } catch (JsonProcessingException e) {
            System.err.println("the results must be JSON: " + e.getOriginalMessage());
            System.exit(2);
        }
    }

    private static void write(Path resultFile, Path docs) throws IOException {
        Results results = Results.of(new ObjectMapper().readTree(Files.readString(resultFile)));
        Path page = docs.resolve("benchmarks.md");
        String filled = between(Files.readString(page), Tables.of(results));
        Files.writeString(page, filled);
        Files.writeString(docs.resolve("benchmarks.svg"), Chart.of(results));
    }

    /**
     * {@return {@code page} with {@code tables} in place of what was between the markers}
     *
     * @throws IllegalArgumentException where the markers are not there
     */
    static String between(String page, String tables) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "benchmarks.md must have the lines " + BEGIN + " and " + END + ", in this order");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + tables + '\n' + page.substring(end);
    }
}
