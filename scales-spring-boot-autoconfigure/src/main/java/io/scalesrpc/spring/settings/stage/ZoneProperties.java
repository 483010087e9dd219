package io.scalesrpc.spring.settings.stage;

import io.scalesrpc.balancer.ZoneSettings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this process stands. <em>Immutable</em>.
 *
 * @param name Own zone, as members say theirs in the metadata zone; empty for none.
 * @param maxLoad Calls of this client that a member of the own zone may have in flight
 * before further ones leave the zone; at least 1.
 */
public record ZoneProperties(@DefaultValue("") String name, @DefaultValue("8") double maxLoad) {

	ZoneSettings toSettings() {
		return new ZoneSettings(this.name.trim(), this.maxLoad);
	}

}
