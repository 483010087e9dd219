package io.scalesrpc.discovery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServerSetUriTests {

	@Test
	void takesAUriApart() {
		assertThat(ServerSetUri.parse("zk://zk1:2181,zk2:2181/services/calculator#thrift"))
			.isEqualTo(new ServerSetUri("zk", "zk1:2181,zk2:2181", "/services/calculator", "thrift"));
		assertThat(ServerSetUri.parse("tcp://localhost:9090"))
			.isEqualTo(new ServerSetUri("tcp", "localhost:9090", "", ""));
		assertThat(ServerSetUri.parse("discovery://orders")).isEqualTo(new ServerSetUri("discovery", "orders", "", ""));
		assertThat(ServerSetUri.parse("x://a#b/c")).isEqualTo(new ServerSetUri("x", "a", "", "b/c"));
	}

	@Test
	void theSchemeIsInLowerCaseAndTheRestAsWritten() {
		assertThat(ServerSetUri.parse(" TCP://Host:1/Path ")).isEqualTo(new ServerSetUri("tcp", "Host:1", "/Path", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "zk://zk1:2181,zk2:2181/services/x#thrift", "tcp://[::1]:9090", "dns://n:1/" })
	void theTextOfAUriIsTheUri(String text) {
		assertThat(ServerSetUri.parse(text)).hasToString(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost:9090", "://h:1", "tcp:/h:1", "tcp://", "tcp:///path", "tcp:// #x" })
	void refusesWhatHasNoSchemeOrNoAuthority(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ServerSetUri.parse(text))
			.withMessage("uri: " + text + " (expected: scheme://host:port[,host:port]...[/path][#name],"
					+ " for example tcp://localhost:9090)");
	}

	@Test
	void readsMembersInTheirOrder() {
		assertThat(ServerSetUri.parse("tcp://b:2, a:1 ,b:3").members()).containsExactly(Member.of("b", 2),
				Member.of("a", 1), Member.of("b", 3));
	}

	@Test
	void readsIpv6MembersWithoutTheirBrackets() {
		assertThat(ServerSetUri.parse("tcp://[::1]:9090,[fe80::2]:1").members()).containsExactly(Member.of("::1", 9090),
				Member.of("fe80::2", 1));
	}

	/** RFC 6874; and, as nobody writes it so in a terminal, with the sign alone. */
	@Test
	void aZoneMayBeWrittenAsInAUri() {
		assertThat(ServerSetUri.parse("tcp://[fe80::1%25eth0]:9090").members())
			.isEqualTo(ServerSetUri.parse("tcp://[fe80::1%eth0]:9090").members())
			.containsExactly(Member.of("fe80::1%eth0", 9090));
		assertThat(ServerSetUri.parse("tcp://[fe80::1%25]:9090").members())
			.containsExactly(Member.of("fe80::1%25", 9090));
	}

	@Test
	void aMemberThatIsNamedTwiceIsOne() {
		assertThat(ServerSetUri.parse("tcp://a:1,b:1,a:1").members()).containsExactly(Member.of("a", 1),
				Member.of("b", 1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = { "a|host:port, or [address]:port for IPv6",
			":1|host:port, or [address]:port for IPv6", "::1:9090|host:port, or [address]:port for IPv6",
			"[::1]|host:port, or [address]:port for IPv6", "a:x|host:port with a port from 1 to 65535",
			"a:|host:port with a port from 1 to 65535", "a:99999999999|host:port with a port from 1 to 65535",
			"a:0|host:port; port: 0 (expected: 1..65535)", "a:65536|host:port; port: 65536 (expected: 1..65535)",
			"[]:1|host:port; host:  (expected: a name or an address)" })
	void namesTheMemberThatIsNotRight(String part, String expected) {
		ServerSetUri uri = ServerSetUri.parse("tcp://good:1," + part);
		assertThatIllegalArgumentException().isThrownBy(uri::members)
			.withMessage("uri: " + part + " (expected: " + expected + ")");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://a:1,", "tcp://,a:1", "tcp://a:1,,b:1" })
	void refusesAMemberThatIsMissing(String text) {
		ServerSetUri uri = ServerSetUri.parse(text);
		assertThatIllegalArgumentException().isThrownBy(uri::members)
			.withMessage("uri:  (expected: host:port, or [address]:port for IPv6)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zk://user:secret@zk1:2181/p", "tcp://user:secret@h:1", "dns://user:secret@name:1",
			"tcp://a:1,user:secret@h:1", "zk://user:secret@zk1:x/p", "zk://user:se/cret@zk1:2181/p" })
	void aPasswordIsNeverShown(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ServerSetUri.parse(text).members())
			.withMessageNotContaining("secret")
			.withMessageNotContaining("cret@")
			.withMessageNotContaining("user:");
		assertThat(ServerSetUri.withoutUser(text)).contains("...@").doesNotContain("cret");
		assertThat(ServerSetUri.parse(text).toString()).doesNotContain("secret");
	}

	@Test
	void whatIsNoUserIsShown() {
		for (String text : new String[] { "zk://zk1:2181,zk2:2181/services/@x#y", "tcp://[::1]:1", "http://h" }) {
			assertThat(ServerSetUri.withoutUser(text)).isEqualTo(text);
		}
	}

	@Test
	void aTextOfOneUriIsOne() {
		assertThat(ServerSetUri.groups("tcp://a:1,b:1")).containsExactly("tcp://a:1,b:1");
		assertThat(ServerSetUri.groups("tcp://a:1 || srv://b")).containsExactly("tcp://a:1", "srv://b");
		assertThat(ServerSetUri.groups("tcp://a:1||")).containsExactly("tcp://a:1", "");
	}

}
