package io.scalesrpc.demo.redis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.LoadReport;
import io.scalesrpc.demo.LoadRun;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the page {@code redis.html} asks for. <em>Thread-safe</em>.
 */
@InOneProcess
@RestController
@RequestMapping("/api/redis")
class RedisController {

	private static final int MAX_CALLS = 50_000;

	private static final int MAX_CONCURRENCY = 64;

	private static final int CARTS = 100;

	private final CartClient carts;

	private final @Nullable RedisServers servers;

	RedisController(CartClient carts, ObjectProvider<RedisServers> servers) {
		this.carts = carts;
		this.servers = servers.getIfAvailable();
	}

	/** The servers, and whether they run; none if they were not switched on. */
	@GetMapping("/servers")
	List<Server> servers() {
		RedisServers all = this.servers;
		return (all == null) ? List.of()
				: all.ports().stream().map((port) -> new Server(port, all.isRunning(port))).toList();
	}

	@PostMapping("/servers/{port}")
	List<Server> change(@PathVariable int port, @RequestParam Change change) {
		RedisServers all = this.servers;
		if (all != null && all.ports().contains(port)) {
			switch (change) {
				case START -> all.start(port);
				case STOP -> all.stop(port);
				case PROMOTE -> all.promote(port);
			}
		}
		return servers();
	}

	@GetMapping("/carts/{cart}")
	Map<String, Integer> cart(@PathVariable String cart) {
		return this.carts.hgetall("cart:" + cart);
	}

	@PostMapping("/carts/{cart}/{sku}")
	long add(@PathVariable String cart, @PathVariable String sku) {
		return this.carts.add("cart:" + cart, sku, 1);
	}

	@DeleteMapping("/carts/{cart}")
	boolean empty(@PathVariable String cart) {
		return this.carts.del("cart:" + cart);
	}

	/** The same number of writes and reads. */
	@PostMapping("/load")
	Map<String, LoadReport> load(@RequestParam(defaultValue = "5000") int calls,
			@RequestParam(defaultValue = "64") int concurrency) {
		int number = Math.max(1, Math.min(calls, MAX_CALLS));
		int atATime = Math.max(1, Math.min(concurrency, MAX_CONCURRENCY));
		Map<String, LoadReport> reports = new LinkedHashMap<>();
		reports.put("writes",
				new LoadRun(() -> this.carts.addLater(anyCart(), "anvil", 1).thenApply((pieces) -> "written"), number)
					.report(atATime));
		reports.put("reads",
				new LoadRun(() -> this.carts.later(anyCart()).thenApply((cart) -> "read"), number).report(atATime));
		return reports;
	}

	private static String anyCart() {
		return "cart:" + ThreadLocalRandom.current().nextInt(CARTS);
	}

	/** What is done with a server. */
	enum Change {

		START, STOP, PROMOTE

	}

	/**
	 * A server. <em>Immutable</em>.
	 *
	 * @param port where it listens
	 * @param running whether it does
	 */
	record Server(int port, boolean running) {
	}

}
