package io.scalesrpc.demo.live;

import java.io.IOException;
import java.util.List;

import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.fleet.Fleet;
import io.scalesrpc.demo.fleet.Manner;
import io.scalesrpc.demo.fleet.ZooKeeper;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What the live page asks and does. <em>Thread-safe</em>.
 */
@InOneProcess
@RestController
@RequestMapping("/api/live")
class LiveController {

	private final Readers readers;

	private final StackRoles roles;

	private final Traffic traffic;

	private final Fleet fleet;

	private final ZooKeeper zooKeeper;

	LiveController(Readers readers, StackRoles roles, Traffic traffic, Fleet fleet, ZooKeeper zooKeeper) {
		this.readers = readers;
		this.roles = roles;
		this.traffic = traffic;
		this.fleet = fleet;
		this.zooKeeper = zooKeeper;
	}

	@GetMapping("/stream")
	SseEmitter stream() throws IOException {
		return this.readers.read();
	}

	@GetMapping("/stages")
	List<String> stages() {
		return this.roles.roles();
	}

	@PostMapping("/rate")
	int rate(@RequestParam int value) {
		this.traffic.rate(value);
		return this.traffic.rate();
	}

	@PostMapping("/servers")
	void add() {
		this.fleet.add();
	}

	@PostMapping("/servers/{name}")
	void become(@PathVariable String name, @RequestParam Manner manner) {
		this.fleet.node(name).become(manner);
	}

	@PostMapping("/zookeeper")
	void zooKeeper(@RequestParam boolean running) {
		this.zooKeeper.run(running);
	}

	@ExceptionHandler
	ProblemDetail refused(IllegalArgumentException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
	}

}
