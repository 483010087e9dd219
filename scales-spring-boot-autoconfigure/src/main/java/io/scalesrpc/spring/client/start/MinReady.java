package io.scalesrpc.spring.client.start;

import java.time.Duration;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.spring.settings.ClientProperties;

/**
 * For how many members of a client the start of the application waits, and how long. A
 * client that is to be warm needs one. <em>Immutable</em>.
 *
 * @param members how many must be connected, 0 or more
 * @param limit how long to wait for them, above 0, at most 1 day
 */
public record MinReady(int members, Duration limit) {

	public static final MinReady NONE = new MinReady(0, Duration.ofSeconds(10));

	/**
	 * Checks the values.
	 * @throws InvalidSettingException if one is out of its range; the text begins with
	 * its property
	 */
	public MinReady {
		Checks.require(members >= 0, "min-ready", members, ">= 0");
		Checks.positive("min-ready-timeout", limit);
	}

	public static MinReady of(ClientProperties settings) {
		return new MinReady((settings.minReady() == 0 && settings.warmUp()) ? 1 : settings.minReady(),
				settings.minReadyTimeout());
	}

}
