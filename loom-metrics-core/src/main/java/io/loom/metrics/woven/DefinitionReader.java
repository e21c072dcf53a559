package io.loom.metrics.woven;

import io.loom.metrics.annotation.CountedMeter;
import io.loom.metrics.annotation.MethodAnnotations;
import io.loom.metrics.annotation.MethodTag;
import io.loom.metrics.annotation.TimedMeter;
import io.micrometer.common.annotation.NoOpValueResolver;
import io.micrometer.common.annotation.ValueResolver;
import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.aop.MeterTag;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the annotations of a method ask for, as Micrometer's aspects read them: a method's own {@code @Timed} stand for
 * those of its class, and so do its own {@code @Counted}; tags are also those of the methods that it implements.
 */
final class DefinitionReader {
    private final MethodHandles.Lookup caller;
    private final Class<?> owner;
    private final Method method;

    private final List<MethodTag> tags = new ArrayList<>();
    private final List<TagSource> sources = new ArrayList<>();

    private DefinitionReader(MethodHandles.Lookup caller, Method method) {
        this.caller = caller;
        this.owner = caller.lookupClass();
        this.method = method;
    }

    /**
     * {@return the definition} Throws what reflection throws, as where a class of a signature is missing, and what the constructors
     * of resolvers throw.
     *
     * @param caller sees what the class sees that declares the method
     */
    static MethodDefinition read(MethodHandles.Lookup caller, String name, String descriptor) throws Throwable {
        for (Method method : caller.lookupClass().getDeclaredMethods()) {
            if (method.getName().equals(name) && descriptorOf(method).equals(descriptor)) {
                return new DefinitionReader(caller, method).read();
            }
        }
        throw new NoSuchMethodException(caller.lookupClass().getName() + '.' + name + descriptor);
    }

    private static String descriptorOf(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
    }

    private MethodDefinition read() throws Throwable {
        List<TimedMeter> timed =
                Arrays.stream(own(Timed.class)).map(DefinitionReader::timed).toList();
        List<CountedMeter> counted =
                Arrays.stream(own(Counted.class)).map(DefinitionReader::counted).toList();
        readTags(method, Set.of());
        for (Class<?> type : owner.getInterfaces()) {
            Method implemented = sameMethodOf(type);
            if (implemented != null) {
                readTags(implemented, keys()); // the method's own stand for those that it inherits
            }
        }
        MethodAnnotations annotations = new MethodAnnotations(timed, counted, tags);
        return new MethodDefinition(
                owner.getName(),
                method.getName(),
                annotations,
                sources,
                CompletionStage.class.isAssignableFrom(method.getReturnType()));
    }

    private <A extends Annotation> A[] own(Class<A> type) {
        A[] methods = method.getAnnotationsByType(type);
        return methods.length > 0 ? methods : owner.getAnnotationsByType(type);
    }

    private @Nullable Method sameMethodOf(Class<?> type) {
        for (Method candidate : type.getMethods()) {
            if (candidate.getName().equals(method.getName())
                    && Arrays.equals(candidate.getParameterTypes(), method.getParameterTypes())) {
                return candidate;
            }
        }
        return null;
    }

    private Set<String> keys() {
        return tags.stream().map(MethodTag::key).collect(Collectors.toSet());
    }

    private void readTags(Method from, Set<String> without) throws Throwable {
        Parameter[] parameters = from.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            for (MeterTag tag : parameters[i].getAnnotationsByType(MeterTag.class)) {
                readTag(tag, i, without);
            }
        }
        for (MeterTag tag : from.getAnnotationsByType(MeterTag.class)) {
            readTag(tag, TagSource.RESULT, without);
        }
    }

    private void readTag(MeterTag annotation, int argument, Set<String> without) throws Throwable {
        ValueResolver resolver = resolver(annotation);
        MethodTag tag = MethodTag.of(annotation.value(), annotation.key(), annotation.expression(), resolver != null);
        if (!without.contains(tag.key())) {
            tags.add(tag);
            sources.add(new TagSource(argument, resolver));
        }
    }

    /** Also a private one of the caller's module, which need not be open to ours. */
    private @Nullable ValueResolver resolver(MeterTag tag) throws Throwable {
        Class<? extends ValueResolver> type = tag.resolver();
        if (type == NoOpValueResolver.class) {
            return null;
        }
        return (ValueResolver) MethodHandles.privateLookupIn(type, caller)
                .findConstructor(type, MethodType.methodType(void.class))
                .invoke();
    }

    private static TimedMeter timed(Timed timed) {
        return new TimedMeter(
                timed.value(),
                timed.description(),
                List.of(timed.extraTags()),
                timed.longTask(),
                Arrays.stream(timed.percentiles()).boxed().toList(),
                timed.histogram(),
                Arrays.stream(timed.serviceLevelObjectives()).boxed().toList());
    }

    private static CountedMeter counted(Counted counted) {
        return new CountedMeter(
                counted.value(), counted.description(), List.of(counted.extraTags()), counted.recordFailuresOnly());
    }
}
