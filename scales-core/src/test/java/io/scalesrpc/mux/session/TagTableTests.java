package io.scalesrpc.mux.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TagTableTests {

	@Test
	void aFreedTagIsNotTheNextOneHandedOut() {
		TagTable<String> table = new TagTable<>(2, 0x7fffff);
		int tag = table.put("a");
		assertThat(tag).isEqualTo(2);
		assertThat(table.remove(tag)).isEqualTo("a");
		assertThat(table.put("b")).isEqualTo(3);
	}

	@Test
	void oneCallAtATimeGoesAroundManyTagsBeforeOneIsUsedAgain() {
		TagTable<String> table = new TagTable<>(2, 0x7fffff);
		List<Integer> tags = new ArrayList<>();
		for (int i = 0; i < 2048; i++) {
			int tag = table.put("x");
			table.remove(tag);
			tags.add(tag);
		}
		assertThat(tags.subList(0, 1024)).doesNotHaveDuplicates();
		assertThat(tags.subList(1024, 2048)).isEqualTo(tags.subList(0, 1024));
	}

	@Test
	void tagsRunOutAndComeBack() {
		TagTable<Integer> table = new TagTable<>(2, 9);
		for (int i = 0; i < 8; i++) {
			assertThat(table.put(i)).isEqualTo(2 + i);
		}
		assertThat(table.put(8)).isEqualTo(-1);
		assertThat(table.size()).isEqualTo(8);
		table.remove(5);
		assertThat(table.put(9)).isEqualTo(5);
	}

	@Test
	void tagsNobodyHoldsAreUnknown() {
		TagTable<String> table = new TagTable<>(2, 100);
		table.put("a");
		for (int tag : new int[] { Integer.MIN_VALUE, -1, 0, 1, 3, 100, 101, 0x7fffff, Integer.MAX_VALUE }) {
			assertThat(table.get(tag)).isNull();
			assertThat(table.remove(tag)).isNull();
		}
		assertThat(table.remove(2)).isEqualTo("a");
		assertThat(table.remove(2)).isNull();
		assertThat(table.size()).isZero();
	}

	@Test
	void behavesAsAMapThroughRandomSteps() {
		Random random = new Random(1);
		TagTable<Integer> table = new TagTable<>(2, 5000);
		Map<Integer, Integer> model = new HashMap<>();
		for (int i = 0; i < 200_000; i++) {
			if (random.nextInt(100) < 52) {
				int tag = table.put(i);
				assertThat(tag == -1).isEqualTo(model.size() == 4999);
				if (tag >= 0) {
					assertThat(model.put(tag, i)).isNull();
				}
			}
			else {
				int tag = random.nextInt(5100);
				assertThat(table.remove(tag)).isEqualTo(model.remove(tag));
			}
			assertThat(table.size()).isEqualTo(model.size());
		}
		List<Integer> drained = new ArrayList<>();
		table.drain(drained::add);
		assertThat(drained).containsExactlyInAnyOrderElementsOf(model.values());
		assertThat(table.size()).isZero();
	}

}
