/**
 * Whether the service is well, apart from the meters: checks, the reports that they add up to, and monitor plugins that bring
 * metrics and health of their own. Checks and plugins are foreign code, so they run on threads of their own, within limits.
 */
@NullMarked
package io.loom.metrics.health;

import org.jspecify.annotations.NullMarked;
