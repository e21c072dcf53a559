package io.loom.metrics.prometheus.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks in rounds. Each round measures everything once, in a fresh JVM each, so that peers are measured close
 * together in time and a machine that changes its mind changes it for all of them. The results of each finished part are kept.
 */
public final class Benchmarks {
    private static final Pattern ONE_THREAD =
            Pattern.compile("\\.(Scrape|RecordingBesideScrapes|GrowthScrape|HandleAcrossThreads)\\.");
    private static final Pattern SINGLE_SHOT = Pattern.compile("\\.StartUp\\.");

    private final Arguments arguments;
    private final List<String> names;
    private final ResultFile results;

    private Benchmarks(Arguments arguments, List<String> names, ResultFile results) {
        this.arguments = arguments;
        this.names = names;
        this.results = results;
    }

    public static void main(String... words) throws IOException, RunnerException {
        try {
            Arguments arguments = Arguments.parse(words);
            new Benchmarks(arguments, selected(arguments.include()), ResultFile.create(arguments.out(), words)).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Arguments.USAGE);
            System.exit(2);
        }
    }

    private static List<String> selected(Pattern include) {
        TreeSet<String> names = new TreeSet<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())) {
            if (include.matcher(entry.getUsername()).find()) {
                names.add(entry.getUsername());
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("--include must match a benchmark: none matches " + include);
        }
        return List.copyOf(names);
    }

    private void run() throws IOException, RunnerException {
        for (int round = 1; round <= arguments.rounds(); round++) {
            for (int threads : arguments.threads()) {
                run(round, repeated(threads), names(threads));
            }
            run(
                    round,
                    singleShot(),
                    names.stream().filter(SINGLE_SHOT.asPredicate()).toList());
            System.out.printf("%nRound %d of %d is in %s%n%n", round, arguments.rounds(), arguments.out());
        }
    }

    /** What makes no sense with more threads is measured with the first number only. */
    private List<String> names(int threads) {
        boolean first = threads == arguments.threads().get(0);
        return names.stream()
                .filter(SINGLE_SHOT.asPredicate().negate())
                .filter(name -> first || !ONE_THREAD.matcher(name).find())
                .toList();
    }

    private ChainedOptionsBuilder repeated(int threads) {
        TimeValue time = TimeValue.milliseconds(arguments.millis());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(1)
                .threads(threads)
                .warmupIterations(arguments.warmups())
                .warmupTime(time)
                .measurementIterations(arguments.measurements())
                .measurementTime(time);
        if (arguments.quick()) {
            options.param("lines", "1000").param("series", "1000");
        }
        if (arguments.virtual()) {
            options.jvmArgsAppend("-Djmh.executor=VIRTUAL");
        }
        return options;
    }

    private ChainedOptionsBuilder singleShot() {
        ChainedOptionsBuilder options = new OptionsBuilder();
        if (arguments.quick()) {
            options.forks(1);
        }
        return options;
    }

    private void run(int round, ChainedOptionsBuilder options, List<String> selected)
            throws IOException, RunnerException {
        if (selected.isEmpty()) {
            return;
        }
        selected.forEach(name -> options.include('^' + Pattern.quote(name) + '$'));
        options.addProfiler(GCProfiler.class).shouldFailOnError(true);
        Collection<RunResult> finished = new ArrayList<>(new Runner(options.build()).run());
        results.append(round, finished);
    }
}
