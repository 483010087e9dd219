package io.scalesrpc.demo.chain;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.scalesrpc.demo.InOneProcess;

import org.springframework.stereotype.Component;

/**
 * When each hop was last seen at work on a request, on the clock of this process, in
 * which all of them are. <em>Thread-safe</em>.
 */
@InOneProcess
@Component
class Sightings {

	private final Map<String, Map<Hop, Long>> lastNanos = new ConcurrentHashMap<>();

	/** A request begins that is to be watched; others are not noted. */
	void watch(String request) {
		this.lastNanos.put(request, new ConcurrentHashMap<>());
	}

	void atWork(Hop hop, String request) {
		this.lastNanos.getOrDefault(request, new ConcurrentHashMap<>()).put(hop, System.nanoTime());
	}

	/** What was seen, which is then forgotten. */
	Map<Hop, Long> take(String request) {
		Map<Hop, Long> seen = this.lastNanos.remove(request);
		return (seen != null) ? seen : Map.of();
	}

}
