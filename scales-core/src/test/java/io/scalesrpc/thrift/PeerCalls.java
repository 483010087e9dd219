package io.scalesrpc.thrift;

import java.nio.ByteBuffer;

import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls of every kind, to a server that gives back what it is given. <em>Stateless</em>.
 */
public final class PeerCalls {

	private PeerCalls() {
	}

	/**
	 * Makes the calls and looks at what they give.
	 * @param peer a client
	 * @param leaves how large the largest value is
	 */
	public static void areServed(PeerService.Iface peer, int leaves) throws TException {
		peer.ping();
		peer.nothing();
		assertThat(peer.echo("")).isEmpty();
		assertThat(peer.echo("gr\u00fc\u00dfe")).isEqualTo("gr\u00fc\u00dfe");
		assertThat(peer.add(-2, 44)).isEqualTo(42);
		ByteBuffer bytes = ByteBuffer.wrap(new byte[] { 0, -1, 127 });
		assertThat(peer.echoBytes(bytes.duplicate())).isEqualTo(bytes);
		Big big = Samples.big(leaves);
		assertThat(peer.big(big)).isEqualTo(big);
		assertThatExceptionOfType(PeerException.class).isThrownBy(() -> peer.fail(7, "seven"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(7));
		assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> peer.failUndeclared("why"));
	}

}
