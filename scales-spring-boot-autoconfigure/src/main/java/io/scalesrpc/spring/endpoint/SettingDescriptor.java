package io.scalesrpc.spring.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * A setting as the endpoint shows it. <em>Immutable</em>.
 *
 * @param value the value in effect
 * @param property the property that set it, or {@code null} if none did
 * @param origin the file and line of that property, if known
 */
public record SettingDescriptor(String value, @Nullable String property, @Nullable String origin) {

}
