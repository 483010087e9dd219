package io.scalesrpc.finagle.balancing;

import java.time.Duration;
import java.util.List;

import io.scalesrpc.finagle.PeerCommand;
import io.scalesrpc.finagle.PeerProcess;

/**
 * A client under load: ours or Finagle's, with one of its balancers. <em>Confined to the
 * thread that runs the scenario</em>.
 */
final class LoadClient implements AutoCloseable {

	private final Lines lines;

	private final Runnable end;

	private final String balancer;

	private LoadClient(Lines lines, Runnable end, String balancer) {
		this.lines = lines;
		this.end = end;
		this.balancer = balancer;
	}

	/**
	 * Starts a client in a JVM of its own.
	 * @param contender whose it is
	 */
	static LoadClient start(Contender contender) {
		PeerProcess process = PeerProcess
			.start(contender.scales() ? PeerCommand.measured(ScalesClientMain.class, List.of())
					: PeerCommand.measured("FinagleClientMain", List.of("localhost:1", "10000")));
		process.line();
		return new LoadClient(process::ask, process::close, contender.balancer());
	}

	/** Our client with one of its balancers in this JVM. */
	static LoadClient ours(String balancer) {
		ScalesPeer peer = new ScalesPeer();
		return new LoadClient((line) -> {
			String[] words = line.split(" ", 2);
			return "OK " + peer.answer(words[0], words[1]);
		}, peer::close, balancer);
	}

	/**
	 * Makes many calls to a server, so that code is compiled when it counts.
	 * @param address of a server that is not asked later
	 * @param calls how many
	 */
	void warmUp(String address, int calls) {
		open(address, false);
		closedLoop(16, calls, Duration.ofSeconds(20));
	}

	/**
	 * From now on there is a new client, which knows nothing of its members yet.
	 * @param addresses as {@code host:port,host:port}
	 * @param retries whether what was not sent is sent again
	 */
	void open(String addresses, boolean retries) {
		ask("client " + this.balancer + (retries ? " retries " : " no-retries ") + addresses);
	}

	/**
	 * Makes calls, so many at a time.
	 * @param concurrency how many at a time
	 * @param calls how many at most
	 * @param time how long at most
	 * @return what became of them
	 */
	LoadFigures closedLoop(int concurrency, int calls, Duration time) {
		return LoadFigures.parse(ask("closed-loop " + concurrency + " " + calls + " " + time.toMillis()));
	}

	/**
	 * Makes calls at random times.
	 * @param callsPerSecond how many on average
	 * @param time how long
	 * @return what became of them
	 */
	LoadFigures openLoop(int callsPerSecond, Duration time) {
		return LoadFigures.parse(ask("open-loop " + callsPerSecond + " " + time.toMillis() + " 42"));
	}

	private String ask(String line) {
		try {
			String answer = this.lines.ask(line);
			if (!answer.startsWith("OK")) {
				throw new IllegalStateException("client said: " + answer + " (expected: OK)");
			}
			return answer;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.end.run();
	}

	/** Answers a line with a line. */
	private interface Lines {

		String ask(String line) throws InterruptedException;

	}

}
