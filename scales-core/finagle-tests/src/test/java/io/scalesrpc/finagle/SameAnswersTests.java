package io.scalesrpc.finagle;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.scalesrpc.thriftmux.PeerServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Finagle's server answers to bytes that its own client does not send, and what ours
 * does.
 */
class SameAnswersTests {

	/** Type, tag 2, no contexts, destination or dtab. */
	private static final String TDISPATCH = "02000002" + "000000000000";

	private static FinagleServer finagle;

	private static PeerServer ours;

	@BeforeAll
	static void start() {
		finagle = FinagleServer.start();
		ours = PeerServer.start();
	}

	@AfterAll
	static void stop() {
		finagle.close();
		ours.close();
	}

	@Test
	void argumentsThatCannotBeRead() throws IOException {
		String big = TDISPATCH + "80010001" + "00000003626967" + "0000002a" + "0c0001" + "00" + "00";
		assertThat(kind(answer(finagle.port(), big))).isEqualTo("fe000002" + "00" + "0000" + "80010003")
			.isEqualTo(kind(answer(ours.port(), big)));
		// TApplicationException.type is PROTOCOL_ERROR.
		assertThat(answer(finagle.port(), big)).contains("080002" + "00000007");
		assertThat(answer(ours.port(), big)).contains("080002" + "00000007");
	}

	@Test
	void aMessageWithoutTheStrictVersion() throws IOException {
		String ping = TDISPATCH + "0000000470696e67" + "01" + "0000002a" + "00";
		assertThat(answer(ours.port(), ping)).isEqualTo(answer(finagle.port(), ping));
	}

	@Test
	void aPingInPieces() throws IOException {
		assertThat(answer(ours.port(), "41800001", "41000001")).isEqualTo("bf000001")
			.isEqualTo(answer(finagle.port(), "41800001", "41000001"));
	}

	@Test
	void aTreqInPieces() throws IOException {
		String rest = "01000002" + "80010001" + "0000000470696e67" + "0000002a" + "00";
		assertThat(answer(ours.port(), "01800002" + "00", rest))
			.isEqualTo(answer(finagle.port(), "01800002" + "00", rest));
	}

	private static String kind(String answer) {
		return answer.substring(0, Math.min(answer.length(), 2 * (4 + 3 + 4)));
	}

	/** The first frame that comes back, from its type on. */
	private static String answer(int port, String... frames) throws IOException {
		try (Socket socket = new Socket("localhost", port)) {
			socket.setSoTimeout(10_000);
			for (String frame : frames) {
				String size = String.format("%08x", frame.length() / 2);
				socket.getOutputStream().write(HexFormat.of().parseHex(size + frame));
			}
			DataInputStream in = new DataInputStream(socket.getInputStream());
			byte[] answer = new byte[in.readInt()];
			in.readFully(answer);
			String hex = HexFormat.of().formatHex(answer);
			System.out.println(port + ": " + hex + " "
					+ new String(answer, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "."));
			return hex;
		}
	}

}
