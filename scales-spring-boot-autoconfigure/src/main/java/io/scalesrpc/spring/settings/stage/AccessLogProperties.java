package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.log.AccessLogSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which calls have a line each in the log. <em>Immutable</em>.
 *
 * @param slow How long a call takes that is logged as a slow one; above 0, at most 1 day;
 * without it, none is.
 * @param failed Whether calls that fail are logged.
 * @param sample Share of these calls that is logged; above 0, at most 1.
 */
public record AccessLogProperties(@Nullable Duration slow, @DefaultValue("false") boolean failed,
		@DefaultValue("1") double sample) {

	/**
	 * The settings as the builder takes them.
	 * @return the settings
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public AccessLogSettings toSettings() {
		return new AccessLogSettings(this.slow, this.failed, this.sample);
	}

}
