package io.scalesrpc.demo.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.LoadReport;
import io.scalesrpc.demo.LoadRun;
import io.scalesrpc.demo.http.StockMembers.Member;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.http.ScalesClientHttpRequestFactory;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * What the page {@code http.html} asks for. <em>Thread-safe</em>.
 */
@InOneProcess
@RestController
@RequestMapping("/api/http")
class StockController {

	private static final int MAX_CALLS = 20_000;

	private static final int MAX_CONCURRENCY = 64;

	private final RestClient rest;

	private final Map<String, StockCalls> clients = new LinkedHashMap<>();

	private final StockMembers members;

	StockController(ScalesClientRegistry registry, StockClient http1, StockHttp2Client http2, StockMembers members) {
		this.rest = RestClient.builder()
			.baseUrl("http://stock")
			.requestFactory(new ScalesClientHttpRequestFactory(registry, "stock"))
			.build();
		this.clients.put("HTTP/1.1", http1);
		this.clients.put("HTTP/2", http2);
		this.members = members;
	}

	/** A RestClient asks: over the connections of the client that has the same name. */
	@GetMapping("/stock")
	List<Stock> stock() {
		List<Stock> stock = this.rest.get().uri("/stock").retrieve().body(new ParameterizedTypeReference<>() {
		});
		return (stock != null) ? stock : List.of();
	}

	@GetMapping("/members")
	List<Member> members() {
		return this.members.all();
	}

	@PostMapping("/members/{port}")
	Member behave(@PathVariable int port, @RequestParam Manner manner) {
		this.members.behave(port, manner);
		return this.members.of(port);
	}

	/** The same calls over HTTP/1.1 and then over HTTP/2, by methods that wait. */
	@PostMapping("/load")
	Map<String, LoadReport> load(@RequestParam(defaultValue = "2000") int calls,
			@RequestParam(defaultValue = "16") int concurrency) {
		int threads = Math.max(1, Math.min(concurrency, MAX_CONCURRENCY));
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			Map<String, LoadReport> reports = new LinkedHashMap<>();
			this.clients.forEach((name, client) -> reports.put(name,
					new LoadRun(() -> CompletableFuture.supplyAsync(() -> client.stock("anvil").member(), executor),
							Math.max(1, Math.min(calls, MAX_CALLS)))
						.report(threads)));
			return reports;
		}
		finally {
			executor.shutdown();
		}
	}

}
