package io.loom.metrics.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"story", "story.tell", "storyTell", "story_tell", "http-requests", "a:b", "_x", "s3.get"})
    void names_thatRegistriesKeepApart_pass(String name) {
        assertThat(problems(timed(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "1st", "a b", "a/b", "naïve", "a\nb", ".x", "a{b}"})
    void names_thatRegistriesWouldRename_doNot(String name) {
        assertThat(problems(timed(name))).singleElement().asString().contains("a metric name must be", name);
    }

    @Test
    void noName_isMicrometersDefault() {
        assertThat(timed("").name()).isEqualTo("method.timed");
        assertThat(new CountedMeter("", "", List.of(), false).name()).isEqualTo("method.counted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "method", "exception"})
    void tagKeys_ofLoomsOwn_areTaken(String key) {
        assertThat(problems(new TimedMeter("x", "", List.of(key, "v"), false, List.of(), false, List.of())))
                .singleElement()
                .asString()
                .contains('"' + key + "\" is there twice");
    }

    @Test
    void tagKey_result_isTakenByCountersOnly() {
        List<String> tags = List.of("result", "mine");

        assertThat(problems(new TimedMeter("x", "", tags, false, List.of(), false, List.of())))
                .isEmpty();
        assertThat(AnnotationRules.problems(
                        new MethodAnnotations(List.of(), List.of(new CountedMeter("x", "", tags, false)), List.of())))
                .hasSize(1);
    }

    @Test
    void longTask_hasNoExceptionAndNoTagsOfItsMethod() {
        TimedMeter task = new TimedMeter("x", "", List.of("exception", "v"), true, List.of(), false, List.of());

        assertThat(AnnotationRules.problems(
                        new MethodAnnotations(List.of(task), List.of(), List.of(new MethodTag("exception", "")))))
                .isEmpty();
    }

    @Test
    void numbers_mustMakeSense() {
        assertThat(problems(new TimedMeter(
                        "x", "", List.of(), false, List.of(0.0, 0.5, 1.0, 1.1, Double.NaN), false, List.of(0.1, 0.0))))
                .hasSize(3)
                .anyMatch(problem -> problem.contains("percentiles must be from 0 to 1: was 1.1"))
                .anyMatch(problem -> problem.contains("percentiles must be from 0 to 1: was NaN"))
                .anyMatch(problem ->
                        problem.contains("serviceLevelObjectives must be a nanosecond or more, in seconds: was 0.0"));
    }

    @Test
    void timerAndCounter_ofOneName_areTwoMeters() {
        assertThat(AnnotationRules.problems(new MethodAnnotations(
                        List.of(timed("orders")),
                        List.of(new CountedMeter("orders", "", List.of(), false)),
                        List.of())))
                .isEmpty();
    }

    @Test
    void tagKeys_thatAreOneOnThePage_areThereTwice() {
        assertThat(problems(new TimedMeter(
                        "x", "", List.of("genre.kind", "a", "genre_kind", "b"), false, List.of(), false, List.of())))
                .singleElement()
                .asString()
                .contains("genre_kind\" is there twice");
    }

    @Test
    void tagKeys_ofBucketsAndQuantiles_areReservedWhereThereAreSuch() {
        List<String> le = List.of("le", "a");
        List<String> quantile = List.of("quantile", "a");

        assertThat(problems(new TimedMeter("x", "", le, false, List.of(), true, List.of())))
                .hasSize(1);
        assertThat(problems(new TimedMeter("x", "", le, false, List.of(), false, List.of(0.1))))
                .hasSize(1);
        assertThat(problems(new TimedMeter("x", "", quantile, false, List.of(0.5), false, List.of())))
                .hasSize(1);
        assertThat(problems(new TimedMeter("x", "", le, false, List.of(), false, List.of())))
                .isEmpty();
    }

    @Test
    void blankTagKey_isNamed() {
        assertThat(AnnotationRules.problems(
                        new MethodAnnotations(List.of(timed("x")), List.of(), List.of(new MethodTag(" ", "")))))
                .singleElement()
                .asString()
                .contains("a tag key must be letters");
    }

    private static TimedMeter timed(String name) {
        return new TimedMeter(name, "", List.of(), false, List.of(), false, List.of());
    }

    private static List<String> problems(TimedMeter timed) {
        return AnnotationRules.problems(new MethodAnnotations(List.of(timed), List.of(), List.of()));
    }
}
