/**
 * Assertions on what was recorded, for users' own tests. This room needs AssertJ, which nothing else does.
 */
@NullMarked
package io.loom.metrics.assertj;

import org.jspecify.annotations.NullMarked;
