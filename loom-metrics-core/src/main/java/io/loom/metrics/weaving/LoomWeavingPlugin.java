package io.loom.metrics.weaving;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;

/**
 * Weaves the methods with {@code @Timed} and {@code @Counted} of a project when it is built, as a plugin of Byte Buddy's own
 * plugins for Maven and Gradle. The woven classes need loom-metrics-core when they run, and neither an agent nor Byte Buddy.
 *
 * <p>An annotation that breaks a rule fails the build: an illegal metric name, a tag key that is there twice. Methods without a
 * body are warned of, and so are meters of one name with different tag keys, of which some registries keep the first only.
 *
 * <p>Thread-safe. Weaving a woven class again changes nothing.
 */
@SuppressWarnings("exports") // Byte Buddy calls it
public final class LoomWeavingPlugin implements Plugin {
    private final BuildLogger log;
    private final Map<String, Family> families = new ConcurrentHashMap<>();

    /** What a class was found to have, until it is woven: the annotations are read once. */
    private final Map<TypeDescription, List<AnnotatedMethod>> found = new ConcurrentHashMap<>();

    /** {@code log} gets the warnings. */
    public LoomWeavingPlugin(BuildLogger log) {
        this.log = log;
    }

    @Override
    public boolean matches(TypeDescription type) {
        List<AnnotatedMethod> methods = AnnotatedMethods.of(type);
        if (!methods.isEmpty()) {
            found.put(type, methods);
        }
        return !methods.isEmpty();
    }

    /**
     * {@return what makes the woven class}
     *
     * @throws IllegalStateException where an annotation breaks a rule
     */
    @Override
    public DynamicType.Builder<?> apply(
            DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator classFiles) {
        List<AnnotatedMethod> read = found.remove(type);
        List<AnnotatedMethod> methods = read == null ? AnnotatedMethods.of(type) : read;
        BuildReport report = new BuildReport();
        DynamicType.Builder<?> woven = Weaver.weave(builder, type, methods, classFiles, report);
        if (!report.problems.isEmpty()) {
            throw new IllegalStateException(String.join(System.lineSeparator(), report.problems));
        }
        methods.stream().filter(AnnotatedMethod::hasBody).forEach(this::compareFamilies);
        return woven;
    }

    @Override
    public void close() {
        families.clear();
        found.clear();
    }

    private void compareFamilies(AnnotatedMethod method) {
        List<String> tagKeys = method.annotations().tagKeys();
        method.annotations().timed().forEach(timed -> compare(timed.name(), timed.allTagKeys(tagKeys), method));
        method.annotations().counted().forEach(counted -> compare(counted.name(), counted.allTagKeys(tagKeys), method));
    }

    private void compare(String name, List<String> tagKeys, AnnotatedMethod method) {
        Family here = new Family(new TreeSet<>(tagKeys), method.fullName());
        Family first = families.putIfAbsent(name, here);
        if (first != null && !first.tagKeys.equals(here.tagKeys)) {
            log.warn(
                    here.method + ": meter \"" + name + "\" has the tag keys " + here.tagKeys + ", but " + first.tagKeys
                            + " at " + first.method
                            + ". Some registries keep only the first of the two. Give both the same keys,"
                            + " or one another name.");
        }
    }

    /** The tag keys of one name, where it was seen first. */
    private record Family(Set<String> tagKeys, String method) {}

    private final class BuildReport implements Report {
        final Queue<String> problems = new ConcurrentLinkedQueue<>();

        @Override
        public void problem(String problem) {
            problems.add(problem);
        }

        @Override
        public void warning(String warning) {
            log.warn(warning);
        }
    }
}
