package io.scalesrpc.log;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeerTextTests {

	@Test
	void printableTextStaysAsItIs() {
		assertThat(PeerText.printable("plain \u00e4\u20ac\ud83d\ude00 text"))
			.isEqualTo("plain \u00e4\u20ac\ud83d\ude00 text");
	}

	@Test
	void whatEndsALineOrSteersATerminalIsReplaced() {
		assertThat(PeerText.printable("a\r\nb\u001b[2Jc\u0085d\u2028e\u202ef\u0000")).isEqualTo("a??b?[2Jc?d?e?f?");
	}

	@Test
	void longTextIsCut() {
		assertThat(PeerText.printable("x".repeat(1024))).isEqualTo("x".repeat(1024));
		assertThat(PeerText.printable("x".repeat(1025))).isEqualTo("x".repeat(1024) + "...");
	}

}
