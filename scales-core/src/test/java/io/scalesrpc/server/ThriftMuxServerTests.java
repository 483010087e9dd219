package io.scalesrpc.server;

import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thrift.ThriftReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThriftMuxServerTests {

	private final PeerHandler handler = new PeerHandler();

	private final ThriftMuxServer server = ThriftMuxServer.builder().service(PeerService.class, this.handler).build();

	@BeforeEach
	void start() {
		this.server.start();
	}

	@AfterEach
	void close() {
		this.handler.letGo.countDown();
		this.server.close();
	}

	@Test
	void theHandshakeOfFinagleIsAnsweredByteForByte() {
		try (MuxProbe probe = MuxProbe.connect(this.server)) {
			assertThat(probe.write(MuxProbe.MARKER).readHex()).isEqualTo(MuxProbe.MARKER);
			assertThat(probe.write(MuxProbe.TINIT).readHex())
				.isEqualTo(MuxProbe.TINIT.replaceFirst("44", "bc").replace("7fffffff", "00040000"));
		}
	}

	@Test
	void aCallIsAnswered() throws Exception {
		try (MuxProbe probe = MuxProbe.negotiated(this.server)) {
			assertThat(probe.call(2, "echo", "hello").reply(2, "echo")).isEqualTo(new ThriftReply.Value("hello"));
		}
	}

}
