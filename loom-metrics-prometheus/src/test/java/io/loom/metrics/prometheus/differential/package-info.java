/**
 * The same random work on our registry and on Micrometer's own, and the pages compared sample by sample. What may differ is
 * listed in {@link io.loom.metrics.prometheus.differential.PeerDifferences}, and in {@code docs/exposition.md}.
 */
@NullMarked
package io.loom.metrics.prometheus.differential;

import org.jspecify.annotations.NullMarked;
