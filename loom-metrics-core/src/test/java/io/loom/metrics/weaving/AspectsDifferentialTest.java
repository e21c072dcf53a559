package io.loom.metrics.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.micrometer.common.annotation.ValueResolver;
import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.aop.CountedAspect;
import io.micrometer.core.aop.CountedMeterTagAnnotationHandler;
import io.micrometer.core.aop.MeterTag;
import io.micrometer.core.aop.MeterTagAnnotationHandler;
import io.micrometer.core.aop.TimedAspect;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import org.aspectj.weaver.tools.GeneratedClassHandler;
import org.aspectj.weaver.tools.WeavingAdaptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The same annotated classes under Micrometer's aspects, which AspectJ weaves, and under our weaving: the same meters. */
@ResourceLock(WeavingTest.BINDING)
class AspectsDifferentialTest {
    private static final Class<?>[] SUBJECTS = {
        Stories.class, WholeClass.class, HeirOfWholeClass.class, Promise.class, Kept.class
    };

    private static final Pattern OURS = Pattern.compile("(loom|process)\\.");

    @Test
    void meters_ofTheSameClasses_areTheSameUnderBoth() throws Exception {
        Map<String, Double> aspects = underAspects();
        Map<String, Double> ours = underLoom();

        assertThat(aspects).hasSizeGreaterThan(30);
        assertThat(ours).isEqualTo(aspects);
    }

    private static Map<String, Double> underLoom() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        LoomMetrics loom = LoomMetrics.of(registry).bindAnnotations();
        try {
            run(new WovenClasses().loader(SUBJECTS));
        } finally {
            loom.close();
        }
        return readings(registry);
    }

    private static Map<String, Double> underAspects() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        Function<Class<? extends ValueResolver>, ValueResolver> resolvers = type -> new Shout();
        TimedAspect.aspectOf().setMeterTagAnnotationHandler(new MeterTagAnnotationHandler(resolvers, type -> null));
        CountedAspect.aspectOf()
                .setMeterTagAnnotationHandler(new CountedMeterTagAnnotationHandler(resolvers, type -> null));
        Metrics.addRegistry(registry);
        try {
            run(aspectLoader());
            return readings(registry);
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    /** AspectJ's weaver, with the aspects of Micrometer's own jar. */
    private static ClassLoader aspectLoader() throws IOException {
        URL aspects = TimedAspect.class.getProtectionDomain().getCodeSource().getLocation();
        String jdk =
                Path.of(System.getProperty("java.home"), "lib", "jrt-fs.jar").toString();
        URL[] classPath = Stream.concat(
                        Stream.of(jdk),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)))
                .map(AspectsDifferentialTest::url)
                .toArray(URL[]::new);
        Map<String, byte[]> woven = new LinkedHashMap<>();
        GeneratedClassHandler closures = (name, none, bytes) -> woven.put(name, bytes);
        WeavingAdaptor weaver = new WeavingAdaptor(closures, classPath, new URL[] {aspects});
        for (Class<?> subject : SUBJECTS) {
            byte[] original = new WovenClasses().original(subject);
            byte[] bytes = weaver.weaveClass(subject.getName(), original);
            woven.put(subject.getName(), bytes == null ? original : bytes);
        }
        return new ByteArrayClassLoader.ChildFirst(AspectsDifferentialTest.class.getClassLoader(), woven);
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    /** Calls every method of the subjects, in a fixed order: those that fail, fail. */
    private static void run(ClassLoader loader) throws Exception {
        for (String name :
                new String[] {Stories.class.getName(), HeirOfWholeClass.class.getName(), Kept.class.getName()}) {
            Class<?> type = loader.loadClass(name);
            Object subject = type.getDeclaredConstructor().newInstance();
            Method[] methods = type.getMethods();
            Arrays.sort(methods, Comparator.comparing(Method::getName));
            for (Method method : methods) {
                if (method.getDeclaringClass() != Object.class) {
                    call(subject, method);
                }
            }
        }
    }

    private static void call(Object subject, Method method) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(AspectsDifferentialTest::argument)
                .toArray();
        try {
            method.invoke(subject, arguments);
        } catch (InvocationTargetException e) {
            assertThat(method.getName()).startsWith("fail");
        }
    }

    private static Object argument(Class<?> type) {
        return type == int.class ? (Object) 7 : type == String.class ? "text" : null;
    }

    /** All there is to know of meters, but how long things took. */
    private static Map<String, Double> readings(MeterRegistry registry) {
        Map<String, Double> readings = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (!OURS.matcher(meter.getId().getName()).lookingAt()
                    && meter.getId().syntheticAssociation() == null) {
                readings.put(text(meter), count(meter));
            }
        }
        return readings;
    }

    private static String text(Meter meter) {
        Meter.Id id = meter.getId();
        String text = id.getType() + " " + id.getName() + " " + id.getTags() + " " + id.getDescription() + " "
                + id.getBaseUnit();
        if (meter instanceof Timer timer) {
            HistogramSnapshot snapshot = timer.takeSnapshot();
            text += " " + snapshot.histogramCounts().length + " buckets, " + snapshot.percentileValues().length
                    + " percentiles";
        }
        return text;
    }

    private static double count(Meter meter) {
        if (meter instanceof Timer timer) {
            return timer.count();
        }
        if (meter instanceof Counter counter) {
            return counter.count();
        }
        return meter instanceof LongTaskTimer task ? task.activeTasks() : Double.NaN;
    }

    /** Makes upper case. */
    public static class Shout implements ValueResolver {
        @Override
        public String resolve(Object parameter) {
            return String.valueOf(parameter).toUpperCase(Locale.ROOT);
        }
    }

    /** Annotated methods of all kinds. */
    public static class Stories {
        @Timed
        public void defaults() {}

        @Counted
        public void countedDefaults() {}

        @Timed("story.named")
        @Counted("story.counted")
        public String both() {
            return hidden() + shared();
        }

        @Timed(value = "story.private", description = "A private one.")
        private String hidden() {
            return "hidden";
        }

        @Timed(
                value = "story.static",
                extraTags = {"kind", "static", "more", "tags"})
        static String shared() {
            return "shared";
        }

        @Timed("story.final")
        public final void last() {}

        @Counted(value = "story.failures", recordFailuresOnly = true, description = "Failures.")
        public void quiet() {}

        @Counted(value = "story.failures", recordFailuresOnly = true, description = "Failures.")
        public void failQuietly() {
            throw new IllegalStateException();
        }

        @Timed("story.fails")
        @Counted(
                value = "story.fails.counted",
                extraTags = {"kind", "failing"})
        public void failWithCause() throws IOException {
            throw new IOException(new IllegalArgumentException());
        }

        @Timed(value = "story.histogram", histogram = true)
        public void histogram() {}

        @Timed(
                value = "story.percentiles",
                percentiles = {0.5, 0.99},
                serviceLevelObjectives = {0.25, 1.5})
        public void percentiles() {}

        @Timed(
                value = "story.task",
                longTask = true,
                extraTags = {"kind", "task"},
                description = "Tasks.")
        public void task() {}

        @Timed(value = "story.task.fails", longTask = true)
        public void failTask() {
            throw new IllegalStateException();
        }

        @Timed("story.later")
        @Counted("story.later.counted")
        public CompletionStage<String> later() {
            return CompletableFuture.completedFuture("later");
        }

        @Timed("story.later.none")
        @Counted("story.later.none.counted")
        public CompletableFuture<String> noStage() {
            return null;
        }

        @Timed("story.later.fails")
        @Counted(value = "story.later.fails.counted", recordFailuresOnly = true)
        public CompletableFuture<String> laterFails() {
            CompletableFuture<String> future = new CompletableFuture<>();
            future.completeExceptionally(new IllegalStateException());
            return future;
        }

        @Timed("story.later.wrapped")
        @Counted("story.later.wrapped.counted")
        public CompletableFuture<String> laterFailsWrapped() {
            CompletableFuture<String> future = new CompletableFuture<>();
            future.completeExceptionally(new CompletionException(new IOException()));
            return future;
        }

        @Timed("story.later.throws")
        @Counted("story.later.throws.counted")
        public CompletableFuture<String> failBeforeLater() {
            throw new IllegalStateException();
        }

        @Timed("story.tagged")
        @Counted("story.tagged.counted")
        public String tagged(
                @MeterTag("number") int number, @MeterTag(key = "shouted", resolver = Shout.class) String text) {
            return text + number;
        }

        @Timed("story.result")
        @Counted("story.result.counted")
        @MeterTag("answer")
        public String result() {
            return "answer";
        }
    }

    /** A class that is annotated as a whole. */
    @Timed(
            value = "whole.timed",
            extraTags = {"level", "class"})
    @Counted("whole.counted")
    public static class WholeClass {
        public void plain() {
            inner();
        }

        private void inner() {}

        @Timed("whole.own.timed")
        public void own() {}

        @Counted("whole.own.counted")
        public void ownCounted() {}

        public void failing() {
            throw new IllegalStateException();
        }
    }

    /** Inherits the annotations of its class. */
    public static class HeirOfWholeClass extends WholeClass {
        @Override
        public void plain() {
            super.plain();
        }

        public void failOfHeir() {
            throw new IllegalStateException();
        }

        @Override
        public void failing() {}
    }

    /** Has tags for those who implement it. */
    public interface Promise {
        String keep(@MeterTag("promised") String text);
    }

    /** Implements it. */
    public static class Kept implements Promise {
        @Override
        @Timed("kept")
        public String keep(String text) {
            return text;
        }
    }
}
