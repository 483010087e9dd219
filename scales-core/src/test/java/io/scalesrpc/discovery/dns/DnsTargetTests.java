package io.scalesrpc.discovery.dns;

import java.net.InetSocketAddress;
import java.util.List;

import io.scalesrpc.discovery.ServerSetUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DnsTargetTests {

	@ParameterizedTest
	@ValueSource(strings = { "dns://orders:9090", "dns://ORDERS:9090/" })
	void aNameAloneIsAskedOfTheSystem(String text) {
		assertThat(name(text)).isEqualTo(new DnsTarget(List.of(), "orders", 9090));
	}

	@Test
	void serversStandBeforeTheName() {
		assertThat(name("dns://10.0.0.2:5353/orders:9090"))
			.isEqualTo(new DnsTarget(List.of(new InetSocketAddress("10.0.0.2", 5353)), "orders", 9090));
		assertThat(name("dns://10.0.0.2:53,[::1]:54/orders:9090").servers()).hasSize(2);
		assertThat(service("srv://[::1]:5353/_orders._tcp.example"))
			.isEqualTo(new DnsTarget(List.of(new InetSocketAddress("::1", 5353)), "_orders._tcp.example", 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dns://10.0.0.2/orders:9090", "dns://[fd00::2]/orders:9090" })
	void aServerHasThePortOfDnsUnlessItSaysOtherwise(String text) {
		assertThat(name(text).servers()).singleElement().extracting(InetSocketAddress::getPort).isEqualTo(53);
	}

	@Test
	void anAddressIsAName() {
		assertThat(name("dns://[::1]:9090").name()).isEqualTo("::1");
		assertThat(name("dns://127.0.0.1:9090").name()).isEqualTo("127.0.0.1");
	}

	@Test
	void aNameOfOtherScriptsIsPutIntoAscii() {
		assertThat(name("dns://bücher.example:1").name()).isEqualTo("xn--bcher-kva.example");
	}

	@Test
	void aServiceNameHasItsUnderscores() {
		assertThat(service("srv://_orders._tcp.example"))
			.isEqualTo(new DnsTarget(List.of(), "_orders._tcp.example", 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dns://a:1,b:2", "dns://a", "dns://a:1#x", "dns://ns.example:53/a:1",
			"dns://10.0.0.2:53/a", "dns://10.0.0.2:53/a:1/b", "dns://10.0.0.2:53/a:1,b:1", "dns://a..b:1", "dns://.:1",
			"dns://10.0.0.2.3:5/a:1" })
	void whatIsNotOneNameAndPortIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> name(text)).withMessageContaining("expected:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "srv://_a._tcp.b:80", "srv://_a._tcp.b,_c._tcp.d", "srv://_a._tcp.b#x",
			"srv://10.0.0.2:53/_a._tcp.b:80", "srv://ns.example/_a._tcp.b" })
	void whatIsNotOneServiceIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> service(text)).withMessageContaining("expected:");
	}

	@Test
	void aNameThatIsTooLongIsRefused() {
		for (String tooLong : List.of("a".repeat(64), "a.".repeat(130) + "b")) {
			assertThatIllegalArgumentException().isThrownBy(() -> name("dns://" + tooLong + ":1"))
				.withMessageContaining("253 in all");
		}
	}

	private static DnsTarget name(String text) {
		return DnsTarget.ofName(ServerSetUri.parse(text));
	}

	private static DnsTarget service(String text) {
		return DnsTarget.ofService(ServerSetUri.parse(text));
	}

}
