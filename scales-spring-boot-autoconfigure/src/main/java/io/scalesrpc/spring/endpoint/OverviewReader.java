package io.scalesrpc.spring.endpoint;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One that reads the overview once a second. <em>Thread-safe</em>.
 */
final class OverviewReader implements Runnable {

	private final SseEmitter emitter = new SseEmitter(0L);

	private final CountDownLatch gone = new CountDownLatch(1);

	private final Supplier<String> overview;

	private final Consumer<OverviewReader> over;

	/**
	 * Creates one that has read nothing.
	 * @param overview the JSON as it is now
	 * @param over told when the reader is gone
	 */
	OverviewReader(Supplier<String> overview, Consumer<OverviewReader> over) {
		this.overview = overview;
		this.over = over;
	}

	SseEmitter start() {
		this.emitter.onCompletion(this::end);
		this.emitter.onTimeout(this::end);
		this.emitter.onError((thrown) -> end());
		Thread thread = new Thread(this, "scales-overview");
		thread.setDaemon(true);
		thread.start();
		return this.emitter;
	}

	void end() {
		this.gone.countDown();
	}

	@Override
	public void run() {
		try {
			do {
				this.emitter.send(SseEmitter.event().data(this.overview.get(), MediaType.APPLICATION_JSON));
			}
			while (!this.gone.await(1, TimeUnit.SECONDS));
			this.emitter.complete();
		}
		catch (IOException | RuntimeException ex) {
			// It is gone, or was told why not.
			this.emitter.completeWithError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.over.accept(this);
		}
	}

}
