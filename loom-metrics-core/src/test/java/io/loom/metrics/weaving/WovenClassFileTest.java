package io.loom.metrics.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.annotation.Counted;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.annotation.TimedSet;
import io.micrometer.core.aop.MeterTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What weaving makes of class files, and what it says of those that it should not weave. */
@ResourceLock(WeavingTest.BINDING)
class WovenClassFileTest {
    private final WovenClasses weaver = new WovenClasses();

    @ParameterizedTest
    @ValueSource(
            classes = {
                WeavingTest.Plain.class,
                WeavingTest.Whole.class,
                WeavingTest.LongTask.class,
                WovenTagsTest.Tagged.class,
                LaterResultsTest.Later.class,
                LaterResultsTest.OneStory.class,
            })
    void weaving_aWovenClass_changesNothing(Class<?> type) throws Exception {
        byte[] once = weaver.weave(type);
        byte[] twice = weaver.weave(type.getName(), once);

        assertThat(once).isNotEqualTo(weaver.original(type));
        assertThat(twice).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                WeavingTest.Plain.class,
                WeavingTest.Hidden.class,
                WovenTagsTest.Tagged.class,
                LaterResultsTest.Later.class,
                LaterResultsTest.OneStory.class,
                Lines.class,
            })
    void lineNumbers_afterWeaving_areThoseOfBefore(Class<?> type) throws Exception {
        Map<String, List<Integer>> before = lines(weaver.original(type));

        assertThat(before).isNotEmpty();
        assertThat(lines(weaver.weave(type))).isEqualTo(before);
    }

    @Test
    void stackTrace_ofAWovenMethod_namesTheLineThatThrew() throws Exception {
        Runnable woven = WovenClasses.instance(Lines.class);
        Runnable unwoven = new Lines();

        assertThat(lineOfFailure(woven)).isEqualTo(lineOfFailure(unwoven)).isPositive();
    }

    @Test
    void wovenClass_hasNoNewMembers() throws Exception {
        Class<?> woven = WovenClasses.load(WeavingTest.Hidden.class);

        assertThat(members(woven))
                .containsExactlyInAnyOrderElementsOf(members(WeavingTest.Hidden.class))
                .isNotEmpty();
    }

    @Test
    void classes_withoutAnnotations_areNotTouched() {
        assertThat(weaver.concerns(WovenClassFileTest.class)).isFalse();
        assertThat(weaver.concerns(WeavingTest.Plain.class)).isTrue();
    }

    @Test
    void annotations_ofAClass_areReadOnce() throws Exception {
        assertThat(weaver.readings(WeavingTest.Plain.class)).isOne();
    }

    @Test
    void methods_withoutABody_areWarnedOf() throws Exception {
        weaver.weave(Bodiless.class);

        assertThat(weaver.warnings())
                .containsExactlyInAnyOrder(
                        Bodiless.class.getName() + ".promised: is abstract, so there is nothing to meter. Annotate the"
                                + " methods that implement it.",
                        Bodiless.class.getName() + ".elsewhere: is native, so there is nothing to meter. Annotate a"
                                + " method that calls it.");
    }

    @Test
    void rules_thatAreBroken_failTheBuildWithClassAndMethod() {
        assertThatThrownBy(() -> weaver.weave(Wrong.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Wrong.class.getName() + ".named: @Timed(\"1st story\"): a metric name must be")
                .hasMessageContaining(Wrong.class.getName() + ".odd: @Counted(\"odd\"): extraTags must be pairs")
                .hasMessageContaining(Wrong.class.getName()
                        + ".clashing: @Timed(\"clash\"): each tag key must be there once: \"genre\"")
                .hasMessageContaining(Wrong.class.getName()
                        + ".taken: @Timed(\"taken\"): each tag key must be there once:" + " \"exception\"")
                .hasMessageContaining(Wrong.class.getName() + ".evaluated: @MeterTag(\"size\"): an expression")
                .hasMessageContaining(
                        Wrong.class.getName() + ".twice: @Timed(\"twice\"): a name must be on a method once");
    }

    @Test
    void ownTimer_standsForTheSetThatItsClassInherits() throws Exception {
        weaver.weave(Heir.class);

        assertThat(weaver.warnings()).isEmpty();
    }

    @Test
    void oneName_withDifferentTagKeys_isWarnedOf() throws Exception {
        weaver.weave(OneWay.class);
        weaver.weave(AnotherWay.class);

        assertThat(weaver.warnings())
                .singleElement()
                .asString()
                .contains(AnotherWay.class.getName() + ".tell: meter \"story\" has the tag keys")
                .contains(OneWay.class.getName() + ".tell");
    }

    /** Those that coverage adds are synthetic; bridges are, too, and cannot be new. */
    private static List<String> members(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredFields()), Arrays.stream(type.getDeclaredMethods()))
                .filter(member -> !member.isSynthetic())
                .map(Object::toString)
                .toList();
    }

    private static int lineOfFailure(Runnable failing) {
        try {
            failing.run();
            throw new AssertionError("did not fail");
        } catch (IllegalStateException e) {
            return e.getStackTrace()[0].getLineNumber();
        }
    }

    /** The lines of each method, in the order of its code. */
    private static Map<String, List<Integer>> lines(byte[] classFile) {
        Map<String, List<Integer>> lines = new TreeMap<>();
        OpenedClassReader.of(classFile)
                .accept(
                        new ClassVisitor(OpenedClassReader.ASM_API) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int modifiers, String name, String descriptor, String signature, String[] thrown) {
                                return new MethodVisitor(OpenedClassReader.ASM_API) {
                                    @Override
                                    public void visitLineNumber(int line, Label start) {
                                        lines.computeIfAbsent(name + descriptor, key -> new ArrayList<>())
                                                .add(line);
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_FRAMES);
        return lines;
    }

    static class Lines implements Runnable {
        @Override
        @Timed("lines")
        public void run() {
            int sum = 0;
            for (int i = 0; i < 3; i++) {
                sum += i;
            }
            throw new IllegalStateException("at " + sum);
        }
    }

    abstract static class Bodiless {
        @Timed("promised")
        abstract void promised();

        @Counted("elsewhere")
        native void elsewhere();
    }

    static class Wrong {
        @Timed("1st story")
        void named() {}

        @Counted(value = "odd", extraTags = "alone")
        void odd() {}

        @Timed(
                value = "clash",
                extraTags = {"genre", "any"})
        void clashing(@MeterTag("genre") String genre) {}

        @Timed(
                value = "taken",
                extraTags = {"exception", "mine"})
        void taken() {}

        @Timed("evaluated")
        void evaluated(@MeterTag(key = "size", expression = "length()") String text) {}

        @TimedSet({@Timed("twice"), @Timed(value = "twice", longTask = true)})
        void twice() {}
    }

    @Timed("a")
    @Timed("b")
    static class Base {}

    @Timed("a")
    static class Heir extends Base {
        void tell() {}
    }

    static class OneWay {
        @Timed("story")
        void tell() {}
    }

    static class AnotherWay {
        @Timed(
                value = "story",
                extraTags = {"kind", "other"})
        void tell() {}
    }
}
