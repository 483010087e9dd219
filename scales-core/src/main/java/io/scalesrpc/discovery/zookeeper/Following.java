package io.scalesrpc.discovery.zookeeper;

import java.util.Objects;
import java.util.function.Consumer;

import io.scalesrpc.discovery.ServerSetUri;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;

/**
 * A path that is being followed over a shared connection. <em>Immutable</em>; starting
 * and stopping may take a while.
 *
 * @param context where the connection is from
 * @param uri the hosts and the path
 * @param ensemble the connection
 * @param cache reads the path and watches it
 */
record Following(ZooKeeperContext context, ServerSetUri uri, Ensemble ensemble, CuratorCache cache) {

	/**
	 * Starts to read.
	 * @param context where the connection is from, to be left in the end
	 * @param ensemble the connection, joined before
	 * @param problems told what cannot be read
	 * @return what is to be stopped
	 */
	static Following start(ZooKeeperContext context, Ensemble ensemble, ServerSetUri uri, CuratorCacheListener listener,
			Consumer<Exception> problems) {
		CuratorFramework client = Objects.requireNonNull(ensemble.client());
		CuratorCache cache = CuratorCache.builder(client, uri.path())
			.withStorage(new SeenNodes())
			.withExceptionHandler(problems)
			.build();
		cache.listenable().addListener(listener);
		cache.start();
		return new Following(context, uri, ensemble, cache);
	}

	void stop() {
		this.cache.close();
		this.context.leave(this.uri, this.ensemble);
	}

}
