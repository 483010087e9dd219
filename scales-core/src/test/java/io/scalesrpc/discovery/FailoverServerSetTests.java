package io.scalesrpc.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class FailoverServerSetTests {

	private final Told first = new Told();

	private final Told second = new Told();

	private final FailoverServerSet set = new FailoverServerSet(List.of(this.first, this.second));

	private final List<List<Member>> told = new ArrayList<>();

	@Test
	void membersHaveThePriorityOfTheirSetAndWithinIt() {
		this.set.watch(this.told::add);
		this.first.tell(Member.of("a", 1), new Member("b", 1, 2, Map.of(Member.PRIORITY, "20", "zone", "x")));
		this.second.tell(Member.of("c", 1), Member.of("a", 1));
		assertThat(this.told.get(1)).extracting(Member::host, Member::priority, Member::weight)
			.containsExactly(tuple("a", 0, 1.0), tuple("b", 20, 2.0), tuple("c", 65536, 1.0));
		assertThat(this.told.get(1).get(1).metadata()).containsEntry("zone", "x");
		assertThat(this.set.hasPriorities()).isTrue();
		assertThat(this.set).hasToString("told || told");
	}

	@Test
	void nothingIsToldBeforeTheFirstSetHas() {
		this.set.watch(this.told::add);
		this.second.tell(Member.of("c", 1));
		assertThat(this.told).isEmpty();
		this.first.tell();
		assertThat(this.told).hasSize(1);
		assertThat(this.told.get(0)).extracting(Member::host).containsExactly("c");
	}

	@Test
	void theStatusIsThatOfAll() {
		this.first.status = new SourceStatus(Duration.ofSeconds(3), null, 1);
		this.second.status = new SourceStatus(Duration.ofSeconds(7), "lost", 2);
		assertThat(this.set.status()).isEqualTo(new SourceStatus(Duration.ofSeconds(7), "lost", 3));
		this.set.close();
		assertThat(this.first.closed && this.second.closed).isTrue();
	}

	/** A set that a test tells. <em>Confined to the test's thread</em>. */
	private static final class Told implements ServerSet {

		private Consumer<List<Member>> watcher = (members) -> {
		};

		private SourceStatus status = SourceStatus.CURRENT;

		private boolean closed;

		@Override
		public void watch(Consumer<List<Member>> newWatcher) {
			this.watcher = newWatcher;
		}

		void tell(Member... members) {
			this.watcher.accept(List.of(members));
		}

		@Override
		public SourceStatus status() {
			return this.status;
		}

		@Override
		public void close() {
			this.closed = true;
		}

		@Override
		public String toString() {
			return "told";
		}

	}

}
