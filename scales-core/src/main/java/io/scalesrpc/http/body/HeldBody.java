package io.scalesrpc.http.body;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether something holds a connection, and who wants to know when it does no longer.
 * <em>Thread-safe</em>.
 */
final class HeldBody {

	private static final Runnable OVER = () -> {
	};

	private final AtomicReference<Runnable> listener = new AtomicReference<>(() -> {
	});

	boolean isOver() {
		return this.listener.get() == OVER;
	}

	void onOver(Runnable next) {
		Runnable earlier = this.listener.getAndUpdate((known) -> (known == OVER) ? OVER : both(known, next));
		if (earlier == OVER) {
			next.run();
		}
	}

	void end() {
		this.listener.getAndSet(OVER).run();
	}

	private static Runnable both(Runnable first, Runnable second) {
		return () -> {
			first.run();
			second.run();
		};
	}

}
