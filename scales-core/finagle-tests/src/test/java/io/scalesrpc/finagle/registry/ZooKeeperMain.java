package io.scalesrpc.finagle.registry;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.finagle.load.Commands;
import io.scalesrpc.testing.FreePorts;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;

/**
 * ZooKeeper with a server set of many members, driven by lines on its input: <pre>
 * stop                                 ZooKeeper does not answer any more
 * restart                              it does again and remembers everything
 * restart-empty                        it does again and has forgotten nodes and sessions
 * replace NETWORK COUNT PORT,PORT...   members 127.0.NETWORK.1 and up take the place of those there are, in one step
 * flap NETWORK COUNT MILLIS TIMES PORT,PORT...    members go, and come back after so long, so often
 * quit
 * </pre> <em>Confined to the main thread</em>.
 */
public final class ZooKeeperMain {

	/** Where the members are. */
	static final String PATH = "/services/peer";

	private TestingServer server;

	private final CuratorFramework writer;

	private List<String> members = List.of();

	private ZooKeeperMain() throws Exception {
		this.server = new TestingServer(FreePorts.next(), true);
		this.writer = CuratorFrameworkFactory.newClient(this.server.getConnectString(), new RetryOneTime(100));
		this.writer.start();
		this.writer.create().creatingParentsIfNeeded().forPath(PATH);
	}

	/**
	 * Runs until the input ends. Says {@code READY <host>:<port>}.
	 * @param args none
	 */
	public static void main(String[] args) throws Exception {
		ZooKeeperMain main = new ZooKeeperMain();
		Commands.run("READY " + main.server.getConnectString(), main::answer);
	}

	private Object answer(String command, String rest) throws Exception {
		String[] words = rest.split(" ");
		switch (command) {
			case "stop" -> this.server.stop();
			case "restart" -> this.server.restart();
			case "restart-empty" -> restartEmpty();
			case "replace" -> replace(addresses(words[0], words[1], words[2]));
			case "flap" ->
				flap(addresses(words[0], words[1], words[4]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
			default -> throw new IllegalArgumentException("command: " + command + " (expected: one of those above)");
		}
		return "";
	}

	private void restartEmpty() throws Exception {
		int port = this.server.getPort();
		this.server.close();
		File empty = Files.createTempDirectory("zookeeper").toFile();
		this.server = new TestingServer(port, empty, true);
	}

	/** As many as asked for, of every port so many hosts. */
	private static List<String> addresses(String network, String count, String ports) {
		List<String> addresses = new ArrayList<>();
		for (int host = 1; addresses.size() < Integer.parseInt(count); host++) {
			for (String port : ports.split(",")) {
				addresses.add("127.0." + network + "." + host + ":" + port);
			}
		}
		return addresses.subList(0, Integer.parseInt(count));
	}

	private void replace(List<String> addresses) throws Exception {
		List<CuratorOp> steps = new ArrayList<>(leaving(this.members));
		steps.addAll(joining(addresses));
		this.writer.transaction().forOperations(steps);
		this.members = addresses;
	}

	private void flap(List<String> addresses, long millis, int times) throws Exception {
		for (int i = 0; i < times; i++) {
			this.writer.transaction().forOperations((i % 2 == 0) ? leaving(addresses) : joining(addresses));
			Thread.sleep(millis);
		}
	}

	private List<CuratorOp> joining(List<String> addresses) throws Exception {
		List<CuratorOp> steps = new ArrayList<>();
		for (String address : addresses) {
			steps.add(this.writer.transactionOp().create().forPath(node(address), json(address)));
		}
		return steps;
	}

	private List<CuratorOp> leaving(List<String> addresses) throws Exception {
		List<CuratorOp> steps = new ArrayList<>();
		for (String address : addresses) {
			steps.add(this.writer.transactionOp().delete().forPath(node(address)));
		}
		return steps;
	}

	private static String node(String address) {
		return PATH + "/member_" + address.replace(':', '_');
	}

	private static byte[] json(String address) {
		int colon = address.indexOf(':');
		return ("{\"serviceEndpoint\":{\"host\":\"" + address.substring(0, colon) + "\",\"port\":"
				+ address.substring(colon + 1) + "},\"additionalEndpoints\":{},\"status\":\"ALIVE\"}")
			.getBytes(StandardCharsets.UTF_8);
	}

}
