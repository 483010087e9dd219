package io.scalesrpc.finagle.registry;

import java.util.List;

import io.scalesrpc.finagle.PeerCommand;
import io.scalesrpc.finagle.PeerProcess;

/**
 * ZooKeeper in a JVM of its own. <em>Confined to the thread that runs the scenario</em>.
 */
final class ZooKeeperPeer implements AutoCloseable {

	private final PeerProcess process = PeerProcess.start(PeerCommand.measured(ZooKeeperMain.class, List.of()));

	private final String address = this.process.line();

	/** The server set. */
	String uri() {
		return "zk://" + this.address + ZooKeeperMain.PATH;
	}

	/** Carries out a command of {@link ZooKeeperMain}. */
	void command(String command) {
		begin(command);
		end();
	}

	/** Begins to carry one out, whose end {@link #end} waits for. */
	void begin(String command) {
		this.process.tell(command);
	}

	void end() {
		String answer = this.process.line();
		if (!answer.equals("OK")) {
			throw new IllegalStateException("zookeeper said: " + answer + " (expected: OK)");
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

}
