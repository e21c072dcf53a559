/** What the annotations of a method ask for, and the rules that they obey. Knows neither how methods are woven nor what is recorded. */
@NullMarked
package io.loom.metrics.annotation;

import org.jspecify.annotations.NullMarked;
