package io.scalesrpc.simulation;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * The clock, the timer and the queue of events of one simulated world. It begins a second
 * before the readings of a real ticker wrap around. Unlike the tests' fake time it takes
 * no lock. <em>Confined to the thread that runs the world.</em>
 */
final class VirtualTime implements Ticker, Timer {

	private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

	private final PriorityQueue<Event> events = new PriorityQueue<>();

	private long elapsed;

	private long scheduled;

	@Override
	public long nanos() {
		return START + this.elapsed;
	}

	/** Nanoseconds since the world began. */
	long elapsed() {
		return this.elapsed;
	}

	@Override
	public Timeout schedule(Runnable task, long delay, TimeUnit unit) {
		return after(unit.toNanos(delay), task);
	}

	Timeout after(long nanos, Runnable task) {
		Event event = new Event(task, this.elapsed + Math.max(0, nanos), this.scheduled++);
		this.events.add(event);
		return event;
	}

	/** Runs everything that is due up to a time, in the order in which it falls due. */
	void runUntil(Duration end) {
		long until = end.toNanos();
		for (Event next = this.events.peek(); next != null && next.due <= until; next = this.events.peek()) {
			this.events.remove();
			this.elapsed = next.due;
			next.run();
		}
		this.elapsed = until;
	}

	/**
	 * Something that will happen. One that is called off stays in the queue without its
	 * task. <em>Confined to the thread that runs the world.</em>
	 */
	private static final class Event implements Timeout, Comparable<Event> {

		private static final Runnable NOTHING = () -> {
		};

		private final long due;

		private final long number;

		private Runnable task;

		private Event(Runnable task, long due, long number) {
			this.task = task;
			this.due = due;
			this.number = number;
		}

		private void run() {
			Runnable now = this.task;
			this.task = NOTHING;
			now.run();
		}

		@Override
		@SuppressWarnings("ReferenceEquality") // a marker
		public boolean cancel() {
			boolean waits = (this.task != NOTHING);
			this.task = NOTHING;
			return waits;
		}

		@Override
		public int compareTo(Event other) {
			int byDue = Long.compare(this.due, other.due);
			return (byDue != 0) ? byDue : Long.compare(this.number, other.number);
		}

	}

}
