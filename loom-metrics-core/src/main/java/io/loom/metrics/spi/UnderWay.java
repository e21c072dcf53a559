package io.loom.metrics.spi;

/**
 * What a gauge of work under way observes: what has started less what has ended. It is too high where the ends are older than the
 * starts. So a registry that reads ends ahead of their lines on a page asks for this then, too, and not the gauge's function, which
 * must give the same.
 */
public interface UnderWay {
    /**
     * {@return what is under way, never below 0}
     *
     * @param ended what has ended is read from it, and what has started behind that
     */
    double value(Counts ended);
}
