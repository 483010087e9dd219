package io.scalesrpc.demo.live;

import java.util.List;
import java.util.stream.Stream;

import io.scalesrpc.demo.InOneProcess;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The tour, for the page and for a shell. <em>Thread-safe</em>.
 */
@InOneProcess
@RestController
@RequestMapping("/api/tour")
class TourController {

	private static final int MOST_SECONDS = 120;

	private final Tour tour;

	TourController(Tour tour) {
		this.tour = tour;
	}

	@GetMapping
	List<Stop> stops() {
		return Stream.of(Scenario.values())
			.map((scenario) -> new Stop(scenario, scenario.title(), scenario.story(), scenario.watch()))
			.toList();
	}

	/** Answers when it is over. */
	@PostMapping("/{scenario}")
	TourResult run(@PathVariable Scenario scenario, @RequestParam(defaultValue = "10") int seconds)
			throws InterruptedException {
		return this.tour.run(scenario, Math.max(2, Math.min(seconds, MOST_SECONDS)));
	}

	@ExceptionHandler
	ProblemDetail refused(IllegalArgumentException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
	}

	/**
	 * A scenario in words. <em>Immutable</em>.
	 *
	 * @param id its name in requests
	 * @param title a few words
	 * @param story what happens
	 * @param watch what to look at
	 */
	record Stop(Scenario id, String title, String story, String watch) {
	}

}
