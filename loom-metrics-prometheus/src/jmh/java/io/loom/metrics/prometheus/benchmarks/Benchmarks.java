package io.loom.metrics.prometheus.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks in rounds. Each round measures everything once, in a fresh JVM each. The sides of a row follow each other,
 * so that a machine that changes its mind changes it for all of them; which is first changes by the round. Results are kept as
 * they come.
 */
public final class Benchmarks {
    private static final Pattern ONE_THREAD = Pattern.compile(
            "\\.(Scrape|RecordingBesideScrapes|HandOver|GrowthScrape|HandleAcrossThreads|LlmHandleAcrossThreads|StartUp)\\.");
    private static final Pattern SINGLE_SHOT = Pattern.compile("\\.StartUp\\.");

    /**
     * What scrapes. A large page of the slowest side takes a quarter of a second, and only a few dozen of them make it warm. Until
     * then HotSpot's compiler takes processors from who records beside it.
     */
    private static final Pattern SLOW = Pattern.compile("\\.(Scrape|GrowthScrape|RecordingBesideScrapes)\\.");

    private static final int SLOW_WARMUPS = 5;
    private static final int LARGE_WARMUPS = 10;
    private static final int SLOW_MEASUREMENTS = 5;
    private static final TimeValue SLOW_TIME = TimeValue.seconds(1);

    /** JMH lets threads begin and end each iteration together, by spinning: many keep each other waiting, and virtual ones for ever. */
    private static final int MOST_IN_STEP = 16;

    private final Arguments arguments;
    private final List<Job> jobs;
    private final ResultFile results;

    private Benchmarks(Arguments arguments, List<Job> jobs, ResultFile results) {
        this.arguments = arguments;
        this.jobs = jobs;
        this.results = results;
    }

    public static void main(String... words) throws IOException, RunnerException {
        try {
            Arguments arguments = Arguments.parse(words);
            new Benchmarks(arguments, selected(arguments), ResultFile.create(arguments.out(), words)).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Arguments.USAGE);
            System.exit(2);
        }
    }

    private static List<Job> selected(Arguments arguments) {
        List<Job> jobs = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .flatMap(entry -> Job.of(entry, arguments.quick()))
                .filter(job -> arguments.include().matcher(job.title()).find())
                .toList();
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("--include must match a benchmark: none matches " + arguments.include());
        }
        return jobs;
    }

    private void run() throws IOException, RunnerException {
        for (int round = 1; round <= arguments.rounds(); round++) {
            List<Job> ordered = Job.inOrder(jobs, round);
            for (int threads : arguments.threads()) {
                for (Job job : ordered) {
                    if (isFor(job, threads)) {
                        run(round, job, threads);
                    }
                }
            }
            System.out.printf("%nRound %d of %d is in %s%n%n", round, arguments.rounds(), arguments.out());
        }
    }

    /** What makes no sense with more threads is measured with the first number only. */
    private boolean isFor(Job job, int threads) {
        return threads == arguments.threads().get(0)
                || !ONE_THREAD.matcher(job.name()).find();
    }

    private void run(int round, Job job, int threads) throws IOException, RunnerException {
        boolean singleShot = SINGLE_SHOT.matcher(job.name()).find();
        ChainedOptionsBuilder options = singleShot ? new OptionsBuilder().forks(1) : repeated(job, threads);
        job.parameters().forEach(options::param);
        options.include('^' + Pattern.quote(job.name()) + '$')
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        results.append(round, new Runner(options.build()).run());
    }

    private ChainedOptionsBuilder repeated(Job job, int threads) {
        boolean slow = SLOW.matcher(job.name()).find() && !arguments.quick();
        int slowWarmups = job.isLarge() ? LARGE_WARMUPS : SLOW_WARMUPS;
        TimeValue time = slow ? SLOW_TIME : TimeValue.milliseconds(arguments.millis());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(1)
                .threads(threads)
                .warmupIterations(slow ? slowWarmups : arguments.warmups())
                .warmupTime(time)
                .measurementIterations(slow ? SLOW_MEASUREMENTS : arguments.measurements())
                .measurementTime(time)
                .syncIterations(threads <= MOST_IN_STEP && !arguments.virtual());
        if (arguments.virtual()) {
            options.jvmArgsAppend("-Djmh.executor=VIRTUAL");
        }
        return options;
    }
}
