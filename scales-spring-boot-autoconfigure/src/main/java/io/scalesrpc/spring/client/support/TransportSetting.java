package io.scalesrpc.spring.client.support;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * {@code scales.transport}, which all clients have in common, and what is wrong with it.
 * <em>Immutable</em>.
 *
 * @param transport what was asked for
 * @param locator finds where it was written
 */
public record TransportSetting(Transport transport, SettingLocator locator) {

	private static final String PROPERTY = "scales.transport";

	/**
	 * Makes the threads of all clients.
	 * @return on the transport that was asked for
	 * @throws ScalesConfigurationException if this system does not have it
	 */
	public ClientResources resources() {
		try {
			return ClientResources.create(this.transport);
		}
		catch (InvalidSettingException ex) {
			String remedy = (ex.library() != null)
					? "Add the dependency " + ex.library() + ", or remove '" + PROPERTY + "'."
					: "Remove '" + PROPERTY + "'.";
			throw problem(String.valueOf(ex.getMessage()), remedy, ex);
		}
	}

	/**
	 * Refuses a setting without effect.
	 * @param resources what the clients have, perhaps a bean of the application
	 * @throws ScalesConfigurationException if that is on another transport
	 */
	public void requireHeeded(ClientResources resources) {
		if (this.transport != Transport.AUTO && this.transport != resources.transport()) {
			throw problem(
					"transport: " + this.transport + " (expected: " + resources.transport()
							+ ", which the application's own bean ClientResources has)",
					"Remove '" + PROPERTY + "', or have the bean made by ClientResources.create(Transport).", null);
		}
	}

	private ScalesConfigurationException problem(String reason, String remedy, @Nullable Throwable cause) {
		return ScalesConfigurationException.ofConnections(this.locator.find(PROPERTY), reason, remedy, cause);
	}

}
