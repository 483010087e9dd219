package io.scalesrpc.demo.http;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.http.StockMembers.Member;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The stock service itself: which member answers is told by the port that was asked.
 * <em>Thread-safe</em>.
 */
@InOneProcess
@RestController
@RequestMapping("/stock")
class StockService {

	private static final Map<String, Integer> PIECES = new TreeMap<>(Map.of("anvil", 3, "bathroom-scales", 41,
			"kitchen-scales", 17, "plumb-bob", 120, "spirit-level", 66, "tape-measure", 230));

	private final StockMembers members;

	private final StockProperties properties;

	StockService(StockMembers members, StockProperties properties) {
		this.members = members;
		this.properties = properties;
	}

	@GetMapping
	List<Stock> all(HttpServletRequest request) throws InterruptedException {
		String member = atWork(request);
		return PIECES.entrySet().stream().map((entry) -> new Stock(entry.getKey(), entry.getValue(), member)).toList();
	}

	@GetMapping("/{sku}")
	Stock one(@PathVariable String sku, HttpServletRequest request) throws InterruptedException {
		String member = atWork(request);
		Integer pieces = PIECES.get(sku);
		if (pieces == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no product '" + sku + "'");
		}
		return new Stock(sku, pieces, member);
	}

	private String atWork(HttpServletRequest request) throws InterruptedException {
		if (!this.members.has(request.getLocalPort())) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "The stock service is on other ports");
		}
		Member member = this.members.of(request.getLocalPort());
		if (member.manner() == Manner.FAILING) {
			throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, member.name() + " fails");
		}
		if (member.manner() == Manner.SLOW) {
			Thread.sleep(this.properties.slowBy().toMillis());
		}
		return member.name();
	}

}
