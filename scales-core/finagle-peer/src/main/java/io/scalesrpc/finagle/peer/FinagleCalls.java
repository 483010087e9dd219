package io.scalesrpc.finagle.peer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.twitter.finagle.Service;
import com.twitter.finagle.thrift.ThriftClientRequest;
import com.twitter.util.Duration;
import com.twitter.util.Future;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.Leaf;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;

/**
 * Calls of the peer service through a Finagle service: the messages are written and read
 * by the generated code. <em>Thread-safe</em>.
 */
final class FinagleCalls {

	private final Service<ThriftClientRequest, byte[]> service;

	FinagleCalls(Service<ThriftClientRequest, byte[]> service) {
		this.service = service;
	}

	/**
	 * Makes a call and waits for its answer.
	 * @param method its name; {@code large} and {@code big} echo that many characters and
	 * leaves, and tell whether all of them came back
	 * @param rest its arguments
	 * @param timeout after which the call is given up and the server told so
	 */
	Object call(String method, String rest, Duration timeout) throws TException, PeerException {
		PeerService.Client peer = new PeerService.Client(
				new TBinaryProtocol(new FinagleTransport(this.service, timeout)));
		String[] words = rest.split(" ");
		return switch (method) {
			case "echo" -> peer.echo(rest);
			case "add" -> peer.add(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
			case "sleep" -> peer.sleep(Integer.parseInt(rest));
			case "whoami" -> peer.whoami();
			case "contexts" -> peer.contexts();
			case "undeclared" -> peer.failUndeclared(rest);
			case "large" -> "x".repeat(Integer.parseInt(rest)).equals(peer.echo("x".repeat(Integer.parseInt(rest))));
			case "big" -> big(Integer.parseInt(rest)).equals(peer.big(big(Integer.parseInt(rest))));
			default -> callVoid(peer, method, rest);
		};
	}

	private static String callVoid(PeerService.Client peer, String method, String rest)
			throws TException, PeerException {
		switch (method) {
			case "fail" -> peer.fail(7, rest);
			case "nothing" -> peer.nothing();
			case "ping" -> peer.ping();
			case "fire" -> peer.fire(rest);
			default -> throw new IllegalArgumentException("method: " + method + " (expected: one of the peer service)");
		}
		return "void";
	}

	private static Big big(int leaves) {
		Leaf leaf = new Leaf("leaf").setCount(42).setRatio(0.5).setFlag(true);
		Big big = new Big().setId(leaves).setLeaves(java.util.Collections.nCopies(leaves, leaf));
		return big.setIndex(Map.of("all", List.of(leaf))).setNumbers(Set.of(1L, 2L));
	}

	/** Makes a call without waiting for its answer. */
	Future<String> echo(String text) throws TException {
		TMemoryBuffer out = new TMemoryBuffer(128);
		new PeerService.Client(new TBinaryProtocol(out)).send_echo(text);
		byte[] request = Arrays.copyOf(out.getArray(), out.length());
		return this.service.apply(new ThriftClientRequest(request, false)).map(FinagleCalls::echoed);
	}

	/**
	 * Not through the generated client: libthrift's prints a line there, which costs more
	 * than the call.
	 */
	private static String echoed(byte[] answer) {
		try {
			TBinaryProtocol in = new TBinaryProtocol(new TMemoryInputTransport(answer));
			if (in.readMessageBegin().type != TMessageType.REPLY) {
				TApplicationException error = new TApplicationException();
				error.read(in);
				throw error;
			}
			PeerService.echo_result result = new PeerService.echo_result();
			result.read(in);
			return result.getSuccess();
		}
		catch (TException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
