package io.loom.metrics.weaving;

import io.loom.metrics.annotation.AnnotationRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;

/** Weaves the annotated methods of a class: copies advice into them. Weaving a woven class again changes nothing. */
final class Weaver {
    private static final List<Class<?>> ADVICE =
            List.of(PlainAdvice.class, CallAdvice.class, TaggedAdvice.class, PublisherAdvice.class);

    private final TypeDescription type;
    private final Report report;

    private Weaver(TypeDescription type, Report report) {
        this.type = type;
        this.report = report;
    }

    /**
     * {@return what makes the woven class}
     *
     * @param annotated the methods of the class that are annotated
     * @param classFiles where that of the class is; it tells which methods are woven already
     */
    static DynamicType.Builder<?> weave(
            DynamicType.Builder<?> builder,
            TypeDescription type,
            List<AnnotatedMethod> annotated,
            ClassFileLocator classFiles,
            Report report) {
        return new Weaver(type, report).weave(builder, annotated, classFiles);
    }

    private DynamicType.Builder<?> weave(
            DynamicType.Builder<?> builder, List<AnnotatedMethod> annotated, ClassFileLocator classFiles) {
        Set<String> woven = wovenMethods(classFiles);
        List<AnnotatedMethod> methods = annotated.stream()
                .filter(method -> !woven.contains(method.key()))
                .filter(this::isSound)
                .toList();
        DynamicType.Builder<?> result = builder;
        for (Class<?> advice : ADVICE) {
            Set<String> keys = methods.stream()
                    .filter(method -> method.advice() == advice)
                    .map(AnnotatedMethod::key)
                    .collect(Collectors.toSet());
            if (!keys.isEmpty()) {
                result = result.visit(Advice.withCustomMapping()
                        .bind(new MethodConstant())
                        .to(advice)
                        .on(method -> keys.contains(method.getInternalName() + method.getDescriptor())));
            }
        }
        return result;
    }

    private boolean isSound(AnnotatedMethod method) {
        if (!method.hasBody()) {
            warnOfMissingBody(method);
            return false;
        }
        List<String> problems = new ArrayList<>(AnnotationRules.problems(method.annotations()));
        ClassFileVersion version = type.getClassFileVersion();
        if (version != null && version.isLessThan(ClassFileVersion.JAVA_V7)) {
            problems.add("a woven class must be compiled for Java 7 or newer: was for " + version
                    + ". Compile it for a newer one.");
        }
        problems.forEach(problem -> report.problem(method.fullName() + ": " + problem));
        return problems.isEmpty();
    }

    /** What a class asks for, it asks for those methods that have something to run. */
    private void warnOfMissingBody(AnnotatedMethod method) {
        if (method.isOwn()) {
            String what = method.method().isNative() ? "native" : "abstract";
            report.warning(method.fullName() + ": is " + what + ", so there is nothing to meter. Annotate "
                    + (method.method().isNative() ? "a method that calls it." : "the methods that implement it."));
        }
    }

    private Set<String> wovenMethods(ClassFileLocator classFiles) {
        try {
            ClassFileLocator.Resolution file = classFiles.locate(type.getName());
            return file.isResolved() ? WovenScan.of(file.resolve()) : Set.of();
        } catch (IOException e) {
            throw new IllegalStateException(type.getName() + ": its class file must be readable: " + e.getMessage(), e);
        }
    }
}
