package io.scalesrpc.finagle.balancing;

import io.scalesrpc.finagle.load.Commands;

/**
 * Our client in a JVM of its own, driven by lines on its input: the commands of
 * {@link ScalesPeer}. <em>Confined to the main thread</em>.
 */
public final class ScalesClientMain {

	private ScalesClientMain() {
	}

	/**
	 * Runs until the input ends. Says {@code READY} when it can be told to call.
	 * @param args none
	 */
	public static void main(String[] args) throws Exception {
		try (ScalesPeer peer = new ScalesPeer()) {
			Commands.run("READY", peer::answer);
		}
	}

}
