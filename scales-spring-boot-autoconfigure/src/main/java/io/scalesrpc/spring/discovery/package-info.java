/**
 * Members from the registries that Spring Cloud knows: {@code discovery://service-id};
 * and how the application logs in to ZooKeeper. Used through its auto-configuration only.
 * Never registers anything, and never lets a caller or the start of the application wait
 * for a registry.
 */
@NullMarked
package io.scalesrpc.spring.discovery;

import org.jspecify.annotations.NullMarked;
