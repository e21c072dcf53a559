package io.loom.metrics.prometheus.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the results of {@link Benchmarks} into {@code benchmarks.md}, between its markers, a section for each file, and the main
 * ones into {@code benchmarks.svg}, each from the first file that has it.
 */
public final class Report {
    static final String BEGIN = "<!-- results:begin -->";
    static final String END = "<!-- results:end -->";

    private Report() {}

    public static void main(String... words) throws IOException {
        try {
            if (words.length < 2) {
                throw new IllegalArgumentException(
                        "a report needs the directory with benchmarks.md, and one or more files of results");
            }
            if (!Files.isDirectory(Path.of(words[0]))) {
                throw new IllegalArgumentException(
                        "the first path must be the directory with benchmarks.md: was " + words[0]);
            }
            write(Path.of(words[0]), Arrays.stream(words).skip(1).map(Path::of).toList());
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

    private static void write(Path docs, List<Path> files) throws IOException {
        List<String> sections = new ArrayList<>();
        List<Results> all = new ArrayList<>();
        for (Path file : files) {
            Results results = read(file);
            all.add(results);
            sections.add(section(absolute(docs).relativize(absolute(file)), results));
        }
        Path page = docs.resolve("benchmarks.md");
        Files.writeString(page, between(Files.readString(page), String.join("\n", sections)));
        Files.writeString(docs.resolve("benchmarks.svg"), Chart.of(all));
    }

    static String section(Path link, Results results) {
        return "### [" + link.getFileName() + "](" + link + ")\n\n" + Tables.of(results);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static Results read(Path file) throws IOException {
        return Results.of(new ObjectMapper().readTree(Files.readString(file)));
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
