package io.scalesrpc.demo.failing;

import java.util.List;

import io.scalesrpc.demo.InOneProcess;
import org.apache.thrift.TException;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The stories that the page {@code failing.html} tells. <em>Thread-safe</em>.
 */
@InOneProcess
@RestController
@RequestMapping("/api/failing")
class FailingController {

	private static final int MAX_CALLS = 10_000;

	@PostMapping("/breaker")
	List<BreakerLine> breaker() {
		return BreakerTable.tell();
	}

	@PostMapping("/layers")
	LayersReport layers(@RequestParam(defaultValue = "SCALES") Manners manners,
			@RequestParam(defaultValue = "1") int calls) throws TException {
		return LayersReport.of(manners, Math.max(1, Math.min(calls, MAX_CALLS)));
	}

}
