package io.scalesrpc.spring.settings;

import java.time.Duration;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of {@code discovery://} and ZooKeeper, for all clients. <em>Immutable</em>.
 *
 * @param pollInterval Time from one look at the registry to the next, give or take 10 %;
 * a registry that tells its changes is asked at once. Above 0, at most 1 day.
 * @param zookeeper How this application logs in to ZooKeeper, for zk:// and curator://.
 */
public record DiscoveryProperties(@DefaultValue("15s") Duration pollInterval,
		@NestedConfigurationProperty @DefaultValue ZooKeeperProperties zookeeper) {

	private static final Duration MAX = Duration.ofDays(1);

	/**
	 * Checks the value.
	 * @throws InvalidConfigurationPropertyValueException if it is out of its range
	 */
	public DiscoveryProperties {
		if (pollInterval.isZero() || pollInterval.isNegative() || pollInterval.compareTo(MAX) > 0) {
			throw new InvalidConfigurationPropertyValueException("scales.discovery.poll-interval", pollInterval,
					"Expected a time above 0, and at most 1 day.");
		}
	}

}
