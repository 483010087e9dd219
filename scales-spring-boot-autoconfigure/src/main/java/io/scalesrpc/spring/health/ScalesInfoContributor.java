package io.scalesrpc.spring.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.spring.client.ScalesClientRegistry;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Tells {@code /actuator/info} which Scales is in use, and what its clients speak. Makes
 * no client. <em>Thread-safe</em>.
 */
final class ScalesInfoContributor implements InfoContributor {

	private final ScalesClientRegistry clients;

	ScalesInfoContributor(ScalesClientRegistry clients) {
		this.clients = clients;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, String> protocols = new TreeMap<>();
		this.clients.names().forEach((name) -> protocols.put(name, protocol(name)));
		Map<String, Object> info = new TreeMap<>();
		// Only a jar knows its version.
		String version = ClientHandle.class.getPackage().getImplementationVersion();
		if (version != null) {
			info.put("version", version);
		}
		info.put("clients", protocols);
		info.put("protocols", new TreeSet<>(protocols.values()));
		builder.withDetail("scales", info);
	}

	private String protocol(String name) {
		ClientHandle<?> client = this.clients.made(name);
		return (client != null) ? client.protocol() : this.clients.settings(name).protocol();
	}

}
