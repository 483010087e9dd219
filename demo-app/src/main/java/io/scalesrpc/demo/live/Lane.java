package io.scalesrpc.demo.live;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.demo.pricing.Price;

/**
 * The users of one client: 64 threads that call it and wait, as many as a web server
 * might have, and those who wait for a thread. <em>Thread-safe</em>.
 */
final class Lane {

	private static final int THREADS = 64;

	private static final int WAITING = 256;

	private final Tally tally = new Tally();

	private final Caller client;

	private volatile ThreadPoolExecutor threads = threads();

	Lane(Caller client) {
		this.client = client;
	}

	private static ThreadPoolExecutor threads() {
		return new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING));
	}

	Tally tally() {
		return this.tally;
	}

	/** A user wants a price now, and waits for it elsewhere. */
	void send(String sku) {
		long wanted = System.nanoTime();
		try {
			this.threads.execute(() -> call(sku, wanted));
		}
		catch (RejectedExecutionException ex) {
			this.tally.failed(Tally.NO_THREAD);
		}
	}

	private void call(String sku, long wanted) {
		try {
			Price price = this.client.price(sku);
			if (!sku.equals(price.getSku())) {
				this.tally.wrong();
			}
		}
		catch (Exception ex) {
			this.tally.failed(Kinds.of(ex));
		}
		this.tally.ended(System.nanoTime() - wanted);
	}

	/** Threads are made as they are needed. */
	void open() {
		this.threads = threads();
	}

	void close() {
		this.threads.shutdownNow();
	}

}
