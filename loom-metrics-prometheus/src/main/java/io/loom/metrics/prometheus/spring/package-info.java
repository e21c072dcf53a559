/**
 * Spring Boot's auto-configuration: our registry and {@code LoomMetrics} as beans, and their page at {@code
 * /actuator/prometheus}. What an application defines itself stays.
 */
@NullMarked
package io.loom.metrics.prometheus.spring;

import org.jspecify.annotations.NullMarked;
