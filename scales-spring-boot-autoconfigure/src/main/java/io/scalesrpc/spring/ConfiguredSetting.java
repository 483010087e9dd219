package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * A setting as somebody wrote it. <em>Immutable</em>.
 *
 * @param property the whole name of the property
 * @param value what was written
 * @param origin the file and line, if known
 */
public record ConfiguredSetting(String property, String value, @Nullable Origin origin) {

}
