package io.scalesrpc.discovery.dns.query;

import java.util.List;

import io.netty.handler.codec.dns.DnsRecordType;
import io.scalesrpc.discovery.dns.query.Entry.Address;
import io.scalesrpc.discovery.dns.query.Entry.Alias;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AliasChainTests {

	@Test
	void aChainHoldsNoLongerThanItsShortestLink() {
		AliasChain chain = follow(new Address("c.", 3600, "10.0.0.1"), new Address("c.", 3600, "10.0.0.2"),
				new Alias("b.", 5, "c."), new Alias("a.", 60, "b."));
		assertThat(chain.end()).isEqualTo("c.");
		assertThat(chain.ttl()).isEqualTo(5);
		assertThat(chain.entries()).hasSize(2);
	}

	@Test
	void recordsOfOtherNamesAndTypesDoNotCount() {
		AliasChain chain = follow(new Address("a.", 9, "10.0.0.1"), new Address("a.", 1, "::1"),
				new Address("stranger.", 1, "10.0.0.66"));
		assertThat(chain.entries()).containsExactly(new Address("a.", 9, "10.0.0.1"));
		assertThat(chain.ttl()).isEqualTo(9);
	}

	@Test
	void aChainMayEndElsewhere() {
		AliasChain chain = follow(new Alias("a.", 60, "b."));
		assertThat(chain.end()).isEqualTo("b.");
		assertThat(chain.entries()).isEmpty();
	}

	@Test
	void aCircleLeadsNowhere() {
		assertThat(follow(new Alias("a.", 60, "b."), new Alias("b.", 60, "a.")).entries()).isEmpty();
		assertThat(follow(new Alias("a.", 60, "a.")).entries()).isEmpty();
	}

	private static AliasChain follow(Entry... entries) {
		return AliasChain.follow(new Message(List.of(entries), List.of(), 0, true, false), "a.", DnsRecordType.A);
	}

}
