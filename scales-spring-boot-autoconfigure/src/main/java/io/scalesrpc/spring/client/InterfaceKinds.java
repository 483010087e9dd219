package io.scalesrpc.spring.client;

import java.util.List;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import org.jspecify.annotations.Nullable;

/**
 * Tells the interfaces that the core implements from those that somebody else does, and
 * refuses what does not fit the protocol of its client. <em>Immutable</em>.
 *
 * @param kinds makes proxies of the others
 * @param locator finds where a protocol was written
 */
record InterfaceKinds(List<InterfaceSupport> kinds, SettingLocator locator) {

	private static final String HTTP = "http";

	private static final String DEFAULT_PROTOCOL = "thriftmux";

	/** What the core is to build a client of. */
	ClientDeclaration<?> forCore(ClientDeclaration<?> declaration, ClientProperties settings) {
		InterfaceSupport kind = kindOf(declaration.type());
		String protocol = (settings.protocol() != null) ? settings.protocol() : DEFAULT_PROTOCOL;
		if (kind != null) {
			require(protocol.equals(kind.protocol()), declaration, protocol, kind.protocol());
			return new ClientDeclaration<>(declaration.client(), kind.stand(), declaration.type());
		}
		if (ScalesHttpClient.class.isAssignableFrom(declaration.type())) {
			require(protocol.equals(HTTP), declaration, protocol, HTTP);
		}
		if (GeneratedService.of(declaration.type()) != null) {
			require(!protocol.equals(HTTP), declaration, protocol, "thriftmux or thrift");
		}
		return declaration;
	}

	/** A proxy, or null if the core is to make it. */
	<T> @Nullable T create(ClientHandle<?> client, ClientDeclaration<T> declaration) {
		InterfaceSupport kind = kindOf(declaration.type());
		if (kind == null) {
			return null;
		}
		require(client.protocol().equals(kind.protocol()), declaration, client.protocol(), kind.protocol());
		return kind.create(client, declaration.type());
	}

	private @Nullable InterfaceSupport kindOf(Class<?> type) {
		for (InterfaceSupport kind : this.kinds) {
			if (kind.supports(type)) {
				return kind;
			}
		}
		return null;
	}

	private void require(boolean fits, ClientDeclaration<?> declaration, String protocol, String expected) {
		if (!fits) {
			String client = declaration.client();
			throw new ScalesConfigurationException(client, this.locator.find(client, "protocol"),
					"protocol: " + protocol + " (expected: " + expected + " for the interface "
							+ declaration.type().getName() + ")",
					"Set '" + SettingLocator.property(client, "protocol") + "' to " + expected
							+ ", or give the interface a client of its own.",
					null);
		}
	}

}
