package io.scalesrpc.balancer.picker;

import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.ApertureSettings;

/**
 * How many nodes an aperture wants: more when there is more than the upper load for each,
 * fewer when there is less than the lower. <em>Confined to the balancer's serial
 * writer.</em>
 */
final class WindowSize {

	private ApertureSettings settings;

	private int wanted;

	private long exchange;

	private boolean begun;

	WindowSize(ApertureSettings settings) {
		this.settings = settings;
		this.wanted = settings.minSize();
	}

	/** Takes over other settings; the wait for an exchange begins anew. */
	void become(ApertureSettings changed) {
		this.settings = changed;
		this.begun = false;
	}

	/**
	 * Works the size out anew.
	 * @param load the calls in flight, on average
	 * @param total how many nodes there are
	 * @return the size, at least one
	 */
	int after(double load, int total) {
		int most = Math.max(1, Math.min(this.settings.maxSize(), total));
		int least = Math.min(this.settings.minSize(), most);
		int size = Math.max(least, Math.min(most, this.wanted));
		while (size < most && load >= this.settings.band().high() * size) {
			size++;
		}
		if (size > least && load <= this.settings.band().low() * size) {
			size--;
		}
		this.wanted = size;
		return size;
	}

	/** Whether a random time has passed since the last exchange. */
	boolean isTimeToExchange(RandomGenerator random, long now) {
		boolean due = this.begun && now - this.exchange >= 0;
		if (due || !this.begun) {
			this.begun = true;
			long least = this.settings.minJitter().toNanos();
			this.exchange = now + least + random.nextLong(this.settings.maxJitter().toNanos() - least + 1);
		}
		return due;
	}

}
