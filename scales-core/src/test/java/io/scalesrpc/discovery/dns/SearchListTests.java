package io.scalesrpc.discovery.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SearchListTests {

	private static final SearchList POD = SearchList.parse(List.of("# a pod", "nameserver 10.96.0.10",
			"search shop.svc.cluster.local  svc.cluster.local", "options edns0 ndots:5 timeout:1"));

	@Test
	void aShortNameIsLookedForInTheDomainsFirst() {
		assertThat(POD.candidates("orders")).containsExactly("orders.shop.svc.cluster.local.",
				"orders.svc.cluster.local.", "orders.");
		assertThat(POD.candidates("a.b.c.example")).last().isEqualTo("a.b.c.example.");
	}

	@Test
	void aNameWithEnoughDotsIsTriedAsItStandsFirst() {
		assertThat(POD.candidates("a.b.c.d.e.f")).startsWith("a.b.c.d.e.f.").hasSize(3);
		assertThat(SearchList.parse(List.of("domain example")).candidates("a.b")).containsExactly("a.b.",
				"a.b.example.");
	}

	@Test
	void aDotAtTheEndMeansThisNameOnly() {
		assertThat(POD.candidates("orders.")).containsExactly("orders.");
	}

	@Test
	void theLastLineOfAKindCounts() {
		SearchList list = SearchList.parse(List.of("domain a", "search b c", "options ndots:2", "options ndots:99"));
		assertThat(list).isEqualTo(new SearchList(List.of("b", "c"), 15));
	}

	@Test
	void anInterruptOfTheThreadDoesNotKeepItFromReading(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("resolv.conf"), "search a b\n");
		Thread.currentThread().interrupt();
		SearchList list = SearchList.read(file);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(list.domains()).containsExactly("a", "b");
	}

	@Test
	void nonsenseIsNoSearchList() {
		assertThat(SearchList.parse(List.of("", "options ndots:x ndots:", "search", "  "))).isEqualTo(SearchList.NONE);
		assertThat(SearchList.read(Path.of("/nonexistent"))).isEqualTo(SearchList.NONE);
	}

}
