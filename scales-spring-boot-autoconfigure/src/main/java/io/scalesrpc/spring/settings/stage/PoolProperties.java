package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.pool.PoolSettings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many connections a member has where a connection takes one call at a time.
 * <em>Immutable</em>.
 *
 * @param low Number of connections of a member that are kept however long they are idle;
 * 0 to high.
 * @param high Most connections of a member; at least 1.
 * @param queue Calls that may wait for a connection of a member; 0 for none.
 * @param idleTimeout Time after which an idle connection beyond low is closed; above 0,
 * at most 1 day.
 * @param maxAge Longest time that a connection is used, less up to a tenth by chance; 0
 * for the max-connection-age of the client, at most 1 day.
 */
public record PoolProperties(@DefaultValue("1") int low, @DefaultValue("64") int high, @DefaultValue("1024") int queue,
		@DefaultValue("1m") Duration idleTimeout, @DefaultValue("0s") Duration maxAge) {

	/**
	 * The settings as a pool takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public PoolSettings toSettings() {
		return new PoolSettings(this.low, this.high, this.queue, this.idleTimeout, this.maxAge);
	}

}
