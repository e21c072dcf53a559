package io.loom.metrics.prometheus.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How {@link Benchmarks} is run.
 *
 * @param rounds how often everything is measured, at least once
 * @param include what is measured: a part of a benchmark's name and its parameters
 * @param out the file that gets the results
 * @param threads the numbers of threads, each measured in turn
 * @param warmups iterations before the measurement
 * @param measurements iterations that count
 * @param millis the length of an iteration
 * @param virtual whether the threads are virtual ones, which needs JDK 21
 * @param quick whether only to see that everything runs
 */
record Arguments(
        int rounds,
        Pattern include,
        Path out,
        List<Integer> threads,
        int warmups,
        int measurements,
        int millis,
        boolean virtual,
        boolean quick) {

    static final String USAGE = """
            Options, with what holds where they are not given:
              --rounds 3             how often everything is measured
              --include .*           what is measured: a regular expression, as 'HttpEvent\\.' or 'Scrape.*lines=1000$'
              --out benchmarks.json  the results
              --threads 1,2          the numbers of threads
              --warmups 3            iterations before the measurement
              --measurements 4       iterations that count
              --millis 500           the length of an iteration
              --virtual              on virtual threads, which needs JDK 21
              --quick                one short round of small sizes, to see that everything runs
            """;

    Arguments {
        threads = List.copyOf(threads);
    }

    /**
     * {@return what these words say}
     *
     * @throws IllegalArgumentException where they say nothing that is known, with a message for the user
     */
    static Arguments parse(String... words) {
        boolean quick = Arrays.asList(words).contains("--quick");
        Arguments arguments = new Arguments(
                quick ? 1 : 3,
                Pattern.compile(".*"),
                Path.of("benchmarks.json"),
                List.of(1, 2),
                quick ? 1 : 3,
                quick ? 1 : 4,
                quick ? 100 : 500,
                false,
                quick);
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(words));
        while (!rest.isEmpty()) {
            String option = rest.remove();
            arguments = switch (option) {
                case "--quick" -> arguments;
                case "--virtual" -> arguments.onVirtualThreads();
                default -> arguments.with(option, rest);
            };
        }
        return arguments;
    }

    private Arguments onVirtualThreads() {
        if (Runtime.version().feature() < 21) {
            throw new IllegalArgumentException("--virtual needs JDK 21: this is " + Runtime.version());
        }
        return new Arguments(rounds, include, out, threads, warmups, measurements, millis, true, quick);
    }

    private Arguments with(String option, Deque<String> rest) {
        if (!List.of("--rounds", "--include", "--out", "--threads", "--warmups", "--measurements", "--millis")
                .contains(option)) {
            throw new IllegalArgumentException("unknown option: " + option);
        }
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        String value = rest.remove();
        return new Arguments(
                option.equals("--rounds") ? positive(option, value) : rounds,
                option.equals("--include") ? pattern(value) : include,
                option.equals("--out") ? Path.of(value) : out,
                option.equals("--threads")
                        ? Arrays.stream(value.split(",", -1))
                                .map(number -> positive(option, number))
                                .toList()
                        : threads,
                option.equals("--warmups") ? positive(option, value) : warmups,
                option.equals("--measurements") ? positive(option, value) : measurements,
                option.equals("--millis") ? positive(option, value) : millis,
                virtual,
                quick);
    }

    private static Pattern pattern(String value) {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "--include must be a regular expression: " + e.getDescription() + " in " + value, e);
        }
    }

    private static int positive(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(option + " must be a whole number from 1 to 999999: was " + value);
        }
        return Integer.parseInt(value);
    }
}
