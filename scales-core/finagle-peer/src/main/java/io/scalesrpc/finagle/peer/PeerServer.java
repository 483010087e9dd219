package io.scalesrpc.finagle.peer;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.BiFunction;

import com.twitter.finagle.ListeningServer;
import com.twitter.finagle.Service;
import com.twitter.util.Await;
import com.twitter.util.Duration;
import com.twitter.util.Future;
import com.twitter.util.Time;

/**
 * One of Finagle's ThriftMux or Thrift servers with a peer service of its own.
 * <em>Confined to the main thread</em>.
 */
final class PeerServer {

	private final BiFunction<InetSocketAddress, Service<byte[], byte[]>, ListeningServer> listen;

	private final PeerHandler handler = new PeerHandler();

	private ListeningServer server;

	private Future<?> closing = Future.Done();

	/**
	 * Makes a server.
	 * @param listen how it begins to listen, a {@code serve} of Finagle's
	 */
	PeerServer(BiFunction<InetSocketAddress, Service<byte[], byte[]>, ListeningServer> listen) {
		this.listen = listen;
	}

	PeerHandler handler() {
		return this.handler;
	}

	/**
	 * Listens.
	 * @param host the address to listen at
	 * @param port the port, or 0
	 * @return the port
	 */
	int open(String host, int port) {
		this.server = this.listen.apply(new InetSocketAddress(host, port), this.handler);
		int bound = ((InetSocketAddress) this.server.boundAddress()).getPort();
		this.handler.answers().port(bound);
		return bound;
	}

	/**
	 * Carries a command out; {@link FinagleServerMain} tells which there are.
	 * @param command its first word
	 * @param rest the rest of the line
	 */
	Object answer(String command, String rest) throws Exception {
		switch (command) {
			case "open":
				return open("localhost", Integer.parseInt(rest));
			case "close":
				this.closing = this.server.close(Time.now().plus(Duration.fromMilliseconds(Long.parseLong(rest))));
				return "";
			case "closed":
				Await.ready(this.closing);
				return "";
			case "mode":
				this.handler.mode(PeerHandler.Mode.valueOf(rest.toUpperCase(Locale.ROOT).replace('-', '_')));
				return "";
			case "delay":
				delay(rest.split("[ -]"));
				return "";
			case "delayed":
				this.handler.delayed().await();
				return "";
			case "fired":
				return this.handler.answers().fired();
			default:
				throw new IllegalArgumentException("command: " + command + " (expected: one of FinagleServerMain)");
		}
	}

	private void delay(String[] words) {
		int percent = (words.length > 4) ? Integer.parseInt(words[4]) : 100;
		this.handler.delay(words[0], new DelayedAnswers.Range(Integer.parseInt(words[1]), Integer.parseInt(words[2]),
				percent, Long.parseLong(words[3])));
	}

}
