package io.scalesrpc.discovery;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StaticServerSetTests {

	private final StaticServerSetProvider provider = new StaticServerSetProvider();

	@Test
	void tellsItsMembersBeforeWatchReturns() {
		List<List<Member>> told = new ArrayList<>();
		try (ServerSet set = this.provider.create(ServerSetUri.parse("tcp://a:1,[::1]:2"))) {
			set.watch(told::add);
		}
		assertThat(told).containsExactly(List.of(Member.of("a", 1), Member.of("::1", 2)));
	}

	@Test
	void isNotChangedByAListThatIs() {
		List<Member> members = new ArrayList<>(List.of(Member.of("a", 1)));
		StaticServerSet set = new StaticServerSet(members);
		members.clear();
		assertThat(set.members()).containsExactly(Member.of("a", 1));
	}

	@Test
	void answersForTcp() {
		assertThat(this.provider.scheme()).isEqualTo("tcp");
	}

	@Test
	void aSlashAtTheEndIsNoPath() {
		assertThat(this.provider.create(ServerSetUri.parse("tcp://a:1/")))
			.isEqualTo(new StaticServerSet(List.of(Member.of("a", 1))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://a:1/path", "tcp://a:1#name" })
	void refusesAPathOrAName(String text) {
		ServerSetUri uri = ServerSetUri.parse(text);
		assertThatIllegalArgumentException().isThrownBy(() -> this.provider.create(uri))
			.withMessage("uri: " + text + " (expected: no path and no # after a tcp:// list)");
	}

	@Test
	void refusesAMemberThatIsNotRight() {
		ServerSetUri uri = ServerSetUri.parse("tcp://a");
		assertThatIllegalArgumentException().isThrownBy(() -> this.provider.create(uri))
			.withMessageStartingWith("uri: a (expected: host:port");
	}

}
