package io.scalesrpc.discovery.zookeeper;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCacheStorage;

/**
 * The paths and versions a cache of Curator has seen, without what the nodes hold. A node
 * that was deleted and made anew while nobody looked is a new one, which Curator's own
 * storage cannot tell when both have the same version. <em>Thread-safe</em>.
 */
final class SeenNodes implements CuratorCacheStorage {

	private final Map<String, ChildData> nodes = new ConcurrentHashMap<>();

	@Override
	public Optional<ChildData> put(ChildData data) {
		ChildData before = this.nodes.put(data.getPath(), new ChildData(data.getPath(), data.getStat(), new byte[0]));
		return Optional.ofNullable(before).filter((node) -> node.getStat().getCzxid() == data.getStat().getCzxid());
	}

	@Override
	public Optional<ChildData> remove(String path) {
		return Optional.ofNullable(this.nodes.remove(path));
	}

	@Override
	public Optional<ChildData> get(String path) {
		return Optional.ofNullable(this.nodes.get(path));
	}

	@Override
	public int size() {
		return this.nodes.size();
	}

	@Override
	public Stream<ChildData> stream() {
		return this.nodes.values().stream();
	}

	@Override
	public void clear() {
		this.nodes.clear();
	}

}
