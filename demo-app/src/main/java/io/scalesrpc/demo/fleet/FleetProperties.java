package io.scalesrpc.demo.fleet;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The embedded servers. <em>Immutable</em>.
 *
 * @param servers how many there are at first, at least 1; on ports that are free
 * @param zookeeperPort where ZooKeeper listens
 */
@ConfigurationProperties("demo.fleet")
public record FleetProperties(int servers, int zookeeperPort) {

	/** What clients of ZooKeeper connect to. */
	public String zooKeeper() {
		return "localhost:" + this.zookeeperPort;
	}

}
