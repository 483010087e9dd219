package io.scalesrpc.client.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.StaticServerSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TlsPortsTests {

	@Test
	void whoHasAPortForTlsIsCalledThere() {
		List<List<Member>> told = new ArrayList<>();
		Member both = new Member("a", 80, 2, Map.of(Member.SSL_PORT, "443", "zone", "x"));
		new TlsPorts(new StaticServerSet(List.of(both, Member.of("b", 81)))).watch(told::add);
		assertThat(told).containsExactly(List.of(new Member("a", 443, 2, Map.of("zone", "x")), Member.of("b", 81)));
	}

}
