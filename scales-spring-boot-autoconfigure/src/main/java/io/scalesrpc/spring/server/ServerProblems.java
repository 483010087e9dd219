package io.scalesrpc.spring.server;

import io.scalesrpc.discovery.MissingLibrariesException;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with the settings of the server: the property, where it stands, the
 * reason, the remedy. <em>Immutable</em>.
 *
 * @param locator finds where a setting was written
 */
record ServerProblems(SettingLocator locator) {

	static final String PREFIX = "scales.server.";

	/** A value that the core refused. */
	ScalesConfigurationException badValue(String setting, RuntimeException cause) {
		String remedy = (cause instanceof MissingLibrariesException without)
				? ScalesConfigurationException.adding(without.libraries())
				: "Correct the value of '" + PREFIX + setting + "'.";
		return of(setting, String.valueOf(cause.getMessage()), remedy, cause);
	}

	ScalesConfigurationException of(String setting, String reason, String remedy, @Nullable Throwable cause) {
		ConfiguredSetting written = this.locator.find(PREFIX + setting);
		return ScalesConfigurationException.ofServer(written, reason, remedy, cause);
	}

	/** Has a setting applied. */
	void set(String setting, Runnable setter) {
		try {
			setter.run();
		}
		catch (IllegalArgumentException ex) {
			throw badValue(setting, ex);
		}
	}

}
