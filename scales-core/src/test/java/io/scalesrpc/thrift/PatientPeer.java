package io.scalesrpc.thrift;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Gives back what it is given, but null for {@code null}, and keeps what is fired.
 * {@code sleep} answers when {@link #wake()} says so. <em>Thread-safe</em>.
 */
public final class PatientPeer extends EchoPeer {

	/** What was fired and is not taken yet. */
	public final LinkedBlockingQueue<String> fired = new LinkedBlockingQueue<>();

	private final LinkedBlockingQueue<Integer> wakings = new LinkedBlockingQueue<>();

	/** Lets one sleeping call go on. */
	public void wake() {
		this.wakings.add(1);
	}

	@Override
	public void fire(String text) {
		this.fired.add(text);
	}

	@Override
	public int sleep(int millis) {
		try {
			this.wakings.poll(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return millis;
	}

	@Override
	public String echo(String text) {
		return (text.equals("null")) ? null : text;
	}

}
