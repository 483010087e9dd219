package io.scalesrpc.demo.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.scalesrpc.demo.InOneProcess;

import org.springframework.stereotype.Component;

/**
 * The members of the stock service, by their ports. <em>Thread-safe</em>.
 */
@InOneProcess
@Component
class StockMembers {

	private final StockProperties properties;

	private final Map<Integer, Manner> manners = new ConcurrentHashMap<>();

	StockMembers(StockProperties properties) {
		this.properties = properties;
	}

	/** In the order of their numbers, which begin with 1. */
	List<Member> all() {
		return this.properties.ports().stream().map(this::of).toList();
	}

	boolean has(int port) {
		return this.properties.ports().contains(port);
	}

	Member of(int port) {
		int number = this.properties.ports().indexOf(port) + 1;
		return new Member("stock-" + number, port, this.manners.getOrDefault(port, Manner.WELL));
	}

	void behave(int port, Manner manner) {
		this.manners.put(port, manner);
	}

	/**
	 * One of them. <em>Immutable</em>.
	 *
	 * @param name the name
	 * @param port where it listens
	 * @param manner how it behaves
	 */
	record Member(String name, int port, Manner manner) {
	}

}
