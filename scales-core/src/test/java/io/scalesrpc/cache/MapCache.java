package io.scalesrpc.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cache that fails when it is told to. <em>Thread-safe</em>.
 */
final class MapCache implements ResultCache {

	final Map<String, byte[]> entries = new ConcurrentHashMap<>();

	private final boolean blocks;

	volatile boolean failing;

	volatile int looks;

	MapCache(boolean blocks) {
		this.blocks = blocks;
	}

	@Override
	public String name() {
		return "lists";
	}

	@Override
	@SuppressWarnings("NonAtomicVolatileUpdate") // tests look one at a time
	public byte[] get(String key) {
		this.looks = this.looks + 1;
		check();
		return this.entries.get(key);
	}

	@Override
	public void put(String key, byte[] entry) {
		check();
		this.entries.put(key, entry);
	}

	@Override
	public boolean blocks() {
		return this.blocks;
	}

	private void check() {
		if (this.failing) {
			throw new IllegalStateException("refused");
		}
	}

}
