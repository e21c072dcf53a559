package io.loom.metrics.weaving;

import io.loom.metrics.annotation.CountedMeter;
import io.loom.metrics.annotation.MethodAnnotations;
import io.loom.metrics.annotation.MethodTag;
import io.loom.metrics.annotation.TimedMeter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.annotation.AnnotationList;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;

/**
 * Finds the methods of a class that are annotated, and reads what they ask for, as the woven method will read it when it runs.
 * By names: whoever weaves may not see the annotations' own classes.
 */
final class AnnotatedMethods {
    private static final String PACKAGE = "io.micrometer.core.annotation.";
    private static final String TIMED = PACKAGE + "Timed";
    private static final String TIMED_SET = PACKAGE + "TimedSet";
    private static final String COUNTED = PACKAGE + "Counted";
    private static final String METER_TAG = "io.micrometer.core.aop.MeterTag";
    private static final String METER_TAGS = "io.micrometer.core.aop.MeterTags";
    private static final String NO_RESOLVER = "io.micrometer.common.annotation.NoOpValueResolver";

    private final TypeDescription type;
    private final List<AnnotationDescription> timedOfClass;
    private final List<AnnotationDescription> countedOfClass;

    private AnnotatedMethods(TypeDescription type) {
        this.type = type;
        this.timedOfClass = inherited(type, TIMED, TIMED_SET);
        this.countedOfClass = inherited(type, COUNTED, COUNTED);
    }

    static List<AnnotatedMethod> of(TypeDescription type) {
        return new AnnotatedMethods(type).read();
    }

    private List<AnnotatedMethod> read() {
        List<AnnotatedMethod> annotated = new ArrayList<>();
        for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
            if (method.isMethod() && !method.isSynthetic()) { // a bridge has its method's annotations, too
                AnnotatedMethod found = read(method);
                if (!found.annotations().isEmpty()) {
                    annotated.add(found);
                }
            }
        }
        return annotated;
    }

    private AnnotatedMethod read(MethodDescription.InDefinedShape method) {
        AnnotationList own = method.getDeclaredAnnotations();
        List<AnnotationDescription> timed = all(own, TIMED, TIMED_SET);
        List<AnnotationDescription> counted = all(own, COUNTED, COUNTED);
        boolean isOwn = !timed.isEmpty() || !counted.isEmpty();
        MethodAnnotations annotations = new MethodAnnotations(
                map(timed.isEmpty() ? timedOfClass : timed, AnnotatedMethods::timed),
                map(counted.isEmpty() ? countedOfClass : counted, AnnotatedMethods::counted),
                List.of());
        return new AnnotatedMethod(
                method,
                annotations.isEmpty()
                        ? annotations
                        : new MethodAnnotations(annotations.timed(), annotations.counted(), tags(method)),
                isOwn);
    }

    private List<MethodTag> tags(MethodDescription.InDefinedShape method) {
        List<MethodTag> tags = new ArrayList<>(tagsOf(method));
        for (TypeDefinition implemented : type.getInterfaces()) {
            Set<String> known = tags.stream().map(MethodTag::key).collect(Collectors.toSet());
            sameMethod(implemented.asErasure(), method).stream()
                    .flatMap(same -> tagsOf(same).stream())
                    .filter(tag -> !known.contains(tag.key()))
                    .forEach(tags::add);
        }
        return tags;
    }

    /** {@return the method that is implemented, of an interface or of those that it extends} */
    private static Optional<MethodDescription.InDefinedShape> sameMethod(
            TypeDescription implemented, MethodDescription.InDefinedShape method) {
        return implemented.getDeclaredMethods().stream()
                .filter(other -> isSame(other, method))
                .findFirst()
                .or(() -> implemented.getInterfaces().stream()
                        .map(extended -> sameMethod(extended.asErasure(), method))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static boolean isSame(MethodDescription.InDefinedShape one, MethodDescription.InDefinedShape other) {
        return one.getName().equals(other.getName())
                && one.getParameters()
                        .asTypeList()
                        .asErasures()
                        .equals(other.getParameters().asTypeList().asErasures());
    }

    private static List<MethodTag> tagsOf(MethodDescription.InDefinedShape method) {
        List<AnnotationDescription> tags = new ArrayList<>();
        for (ParameterDescription parameter : method.getParameters()) {
            tags.addAll(all(parameter.getDeclaredAnnotations(), METER_TAG, METER_TAGS));
        }
        tags.addAll(all(method.getDeclaredAnnotations(), METER_TAG, METER_TAGS));
        return map(tags, AnnotatedMethods::tag);
    }

    /** {@return those of the class, or else of the nearest class that it extends} */
    private static List<AnnotationDescription> inherited(TypeDescription type, String annotation, String container) {
        TypeDefinition at = type;
        while (at != null) {
            List<AnnotationDescription> found = all(at.asErasure().getDeclaredAnnotations(), annotation, container);
            if (!found.isEmpty()) {
                return found;
            }
            at = at.getSuperClass();
        }
        return List.of();
    }

    /** {@return those of one type, and those in its container} */
    private static List<AnnotationDescription> all(AnnotationList annotations, String type, String container) {
        List<AnnotationDescription> all = new ArrayList<>();
        for (AnnotationDescription annotation : annotations) {
            String name = annotation.getAnnotationType().getName();
            if (name.equals(type)) {
                all.add(annotation);
            } else if (name.equals(container)) {
                all.addAll(Arrays.asList(value(annotation, "value", AnnotationDescription[].class)));
            }
        }
        return all;
    }

    private static <T> List<T> map(List<AnnotationDescription> annotations, Function<AnnotationDescription, T> read) {
        return annotations.stream().map(read).toList();
    }

    private static TimedMeter timed(AnnotationDescription timed) {
        return new TimedMeter(
                value(timed, "value", String.class),
                value(timed, "description", String.class),
                List.of(value(timed, "extraTags", String[].class)),
                value(timed, "longTask", Boolean.class),
                numbers(timed, "percentiles"),
                value(timed, "histogram", Boolean.class),
                numbers(timed, "serviceLevelObjectives"));
    }

    private static CountedMeter counted(AnnotationDescription counted) {
        return new CountedMeter(
                value(counted, "value", String.class),
                value(counted, "description", String.class),
                List.of(value(counted, "extraTags", String[].class)),
                value(counted, "recordFailuresOnly", Boolean.class));
    }

    private static MethodTag tag(AnnotationDescription tag) {
        String resolver = value(tag, "resolver", TypeDescription.class).getName();
        return MethodTag.of(
                value(tag, "value", String.class),
                value(tag, "key", String.class),
                value(tag, "expression", String.class),
                !resolver.equals(NO_RESOLVER));
    }

    private static List<Double> numbers(AnnotationDescription annotation, String part) {
        return Arrays.stream(value(annotation, part, double[].class)).boxed().toList();
    }

    private static <T> T value(AnnotationDescription annotation, String part, Class<T> type) {
        return annotation.getValue(part).resolve(type);
    }
}
